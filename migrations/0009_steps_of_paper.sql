-- What was told of forms without a code was told to the person. Days of a municipality that had such forms become ranges of twenty, and
-- of the nation beside them of a hundred, as the days before them did; then the numbers become the steps in which they lie.
UPDATE "fieldwork_days" SET
	"offered_low" = "offered_low" / 20 * 20, "offered_high" = "offered_high" / 20 * 20 + 19,
	"responded_low" = "responded_low" / 20 * 20, "responded_high" = "responded_high" / 20 * 20 + 19
	WHERE ("round_id", "place") IN (
		SELECT "told_numbers"."round_id", "municipality_code" FROM "told_numbers"
		JOIN "strata" ON "strata"."id" = "place" JOIN "units" ON "units"."id" = "unit_id" WHERE "part" = 'paper'
	);--> statement-breakpoint
UPDATE "fieldwork_days" SET
	"offered_low" = "offered_low" / 100 * 100, "offered_high" = "offered_high" / 100 * 100 + 99,
	"responded_low" = "responded_low" / 100 * 100, "responded_high" = "responded_high" / 100 * 100 + 99
	WHERE "place" = 'nation' AND "round_id" IN (SELECT "round_id" FROM "told_numbers" WHERE "part" = 'paper');--> statement-breakpoint
UPDATE "fieldwork_days" SET
	"rate_low" = CASE WHEN "responded_low" >= 20 AND "offered_low" > 0 THEN min(10000, "responded_low" * 10000 / "offered_high") END,
	"rate_high" = CASE WHEN "responded_low" >= 20 AND "offered_low" > 0 THEN min(10000, "responded_high" * 10000 / "offered_low") END
	WHERE ("place" = 'nation' AND "round_id" IN (SELECT "round_id" FROM "told_numbers" WHERE "part" = 'paper'))
	OR ("round_id", "place") IN (
		SELECT "told_numbers"."round_id", "municipality_code" FROM "told_numbers"
		JOIN "strata" ON "strata"."id" = "place" JOIN "units" ON "units"."id" = "unit_id" WHERE "part" = 'paper'
	);--> statement-breakpoint
UPDATE "told_numbers" SET
	"low" = max("moved" - 1, 0) / iif("moved" <= 50, 5, 10) * iif("moved" <= 50, 5, 10),
	"high" = max("moved" - 1, 0) / iif("moved" <= 50, 5, 10) * iif("moved" <= 50, 5, 10) + iif("moved" <= 50, 4, 9)
	WHERE "part" = 'paper';
