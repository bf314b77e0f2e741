CREATE TABLE "told_numbers" (
	"round_id" text NOT NULL,
	"place" text NOT NULL,
	"part" text NOT NULL,
	"low" integer NOT NULL,
	"high" integer NOT NULL,
	"moved" integer NOT NULL,
	PRIMARY KEY("round_id", "place", "part"),
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id"),
	CONSTRAINT "told_numbers_range" CHECK("low" <= "high")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "waiting_forms" (
	"ballot_id" blob PRIMARY KEY NOT NULL,
	"bundle_id" text,
	"stratum_id" text NOT NULL,
	"channel" text NOT NULL,
	"spent_tag" blob,
	"sealed" blob NOT NULL,
	FOREIGN KEY ("bundle_id") REFERENCES "paper_bundles"("id"),
	FOREIGN KEY ("stratum_id") REFERENCES "strata"("id"),
	CONSTRAINT "waiting_forms_channel" CHECK("channel" in ('letter', 'handout', 'email', 'tablet', 'paper')),
	CONSTRAINT "waiting_forms_sealed" CHECK(length("sealed") = 112)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "__new_fieldwork_days" (
	"round_id" text NOT NULL,
	"day" text NOT NULL,
	"place" text NOT NULL,
	"offered_low" integer NOT NULL,
	"offered_high" integer NOT NULL,
	"responded_low" integer NOT NULL,
	"responded_high" integer NOT NULL,
	"rate_low" integer,
	"rate_high" integer,
	PRIMARY KEY("round_id", "day", "place"),
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- Days that were written to the person become ranges of twenty (a municipality's) and of a hundred (the nation's). The last day of
-- a round that goes on is told anew at the next start, for nothing was told of its strata yet.
INSERT INTO "__new_fieldwork_days" ("round_id", "day", "place", "offered_low", "offered_high", "responded_low", "responded_high")
	SELECT "round_id", "day", "municipality_code", sum("offered") / 20 * 20, sum("offered") / 20 * 20 + 19,
		sum("responded") / 20 * 20, sum("responded") / 20 * 20 + 19
	FROM "fieldwork_days" GROUP BY "round_id", "day", "municipality_code"
	UNION ALL
	SELECT "round_id", "day", 'nation', sum("offered") / 100 * 100, sum("offered") / 100 * 100 + 99,
		sum("responded") / 100 * 100, sum("responded") / 100 * 100 + 99
	FROM "fieldwork_days" GROUP BY "round_id", "day";--> statement-breakpoint
UPDATE "__new_fieldwork_days"
	SET "rate_low" = "responded_low" * 10000 / "offered_high", "rate_high" = min(10000, "responded_high" * 10000 / "offered_low")
	WHERE "responded_low" >= 20 AND "offered_low" > 0;--> statement-breakpoint
DELETE FROM "__new_fieldwork_days" WHERE exists (
	SELECT 1 FROM "rounds" WHERE "id" = "round_id" AND "state" IN ('collecting', 'closed')
	AND "day" = (SELECT max("day") FROM "fieldwork_days" AS "old" WHERE "old"."round_id" = "rounds"."id")
);--> statement-breakpoint
DROP TABLE "fieldwork_days";--> statement-breakpoint
ALTER TABLE "__new_fieldwork_days" RENAME TO "fieldwork_days";
