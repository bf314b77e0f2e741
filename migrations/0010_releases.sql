CREATE TABLE "release_steps" (
	"round_id" text NOT NULL,
	"number" integer NOT NULL,
	"nth" integer NOT NULL,
	"kind" text NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_at" text NOT NULL,
	"approved_by" text,
	"approved_at" text,
	"takes_effect" text NOT NULL,
	"is_alone" integer DEFAULT false NOT NULL,
	"reason" text,
	PRIMARY KEY("round_id", "number", "nth"),
	FOREIGN KEY ("round_id","number") REFERENCES "releases"("round_id","number"),
	CONSTRAINT "release_steps_kind" CHECK("kind" in ('release', 'publish', 'withdraw'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "released_areas" (
	"round_id" text NOT NULL,
	"number" integer NOT NULL,
	"level" text NOT NULL,
	"area" text NOT NULL,
	"name" text NOT NULL,
	"within" text NOT NULL,
	PRIMARY KEY("round_id", "number", "level", "area"),
	FOREIGN KEY ("round_id","number") REFERENCES "releases"("round_id","number")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "released_indicators" (
	"round_id" text NOT NULL,
	"number" integer NOT NULL,
	"level" text NOT NULL,
	"area" text NOT NULL,
	"target_group" text NOT NULL,
	"gender" text NOT NULL,
	"measure" text NOT NULL,
	"question" text NOT NULL,
	"part" text NOT NULL,
	"status" text NOT NULL,
	"value" real,
	"people" integer,
	"positive" integer,
	PRIMARY KEY("round_id", "number", "level", "area", "target_group", "measure", "question", "gender", "part"),
	FOREIGN KEY ("round_id","number") REFERENCES "releases"("round_id","number"),
	CONSTRAINT "released_indicators_level" CHECK("level" in ('nation', 'mean', 'county', 'municipality', 'unit')),
	CONSTRAINT "released_indicators_measure" CHECK("measure" in ('positive', 'option', 'change', 'dont-know', 'women-men', 'association', 'responses', 'offered', 'rate', 'gender', 'language')),
	CONSTRAINT "released_indicators_kept" CHECK("status" not in ('few', 'protected', 'nobody') or ("value" is null and "people" is null))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX "released_indicators_question" ON "released_indicators" ("round_id","number","measure","question","level");--> statement-breakpoint
CREATE TABLE "releases" (
	"round_id" text NOT NULL,
	"number" integer NOT NULL,
	"made_at" text NOT NULL,
	"hash" text NOT NULL,
	"facts" text NOT NULL,
	"reason" text,
	PRIMARY KEY("round_id", "number"),
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "round_wordings" (
	"round_id" text NOT NULL,
	"language" text NOT NULL,
	"hash" text NOT NULL,
	"texts" text NOT NULL,
	PRIMARY KEY("round_id", "language"),
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE "openings" ADD "destroyed_on" text;--> statement-breakpoint
ALTER TABLE "openings" ADD "archive_decision" text;
--> statement-breakpoint
DELETE FROM "urn_counts" WHERE "stratum_id" IN (SELECT "strata"."id" FROM "strata" JOIN "openings" ON "openings"."round_id" = "strata"."round_id");
--> statement-breakpoint
UPDATE "told_numbers" SET "moved" = "low" WHERE "round_id" IN (SELECT "round_id" FROM "openings");
