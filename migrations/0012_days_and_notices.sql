CREATE TABLE "round_notices" (
	"round_id" text NOT NULL,
	"language" text NOT NULL,
	"text" text NOT NULL,
	PRIMARY KEY("round_id", "language"),
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE "rounds" ADD "closed_on" text;
--> statement-breakpoint
UPDATE "rounds" SET "closed_on" = coalesce((SELECT max("day") FROM "fieldwork_days" WHERE "round_id" = "rounds"."id"), "closes_on") WHERE "state" IN ('closed', 'released', 'published');
