CREATE TABLE "own_texts" (
	"round_id" text NOT NULL,
	"area" text NOT NULL,
	"kind" text NOT NULL,
	"language" text NOT NULL,
	"draft" text NOT NULL,
	"draft_by" text NOT NULL,
	"version" integer NOT NULL,
	"saved_at" text NOT NULL,
	"published" text,
	"published_by" text,
	"published_at" text,
	"release" integer,
	"is_public" integer DEFAULT false NOT NULL,
	"turns" integer DEFAULT 0 NOT NULL,
	PRIMARY KEY("round_id", "area", "kind", "language"),
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id"),
	CONSTRAINT "own_texts_kind" CHECK("kind" in ('brief', 'quotation', 'next'))
) STRICT, WITHOUT ROWID;
