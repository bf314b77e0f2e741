CREATE TABLE "announcements" (
	"round_id" text NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"since" text NOT NULL,
	PRIMARY KEY("round_id", "number", "kind", "since"),
	CONSTRAINT "announcements_kind" CHECK("kind" in ('releaseApproved', 'publishApproved', 'released', 'corrected', 'coming', 'published', 'withdrawn'))
) STRICT, WITHOUT ROWID;
