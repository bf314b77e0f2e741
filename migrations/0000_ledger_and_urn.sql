-- Every table is STRICT and WITHOUT ROWID: a row id would be a running number, and tell the order of arrival.
CREATE TABLE "batches" (
	"id" text PRIMARY KEY NOT NULL,
	"stratum_id" text NOT NULL,
	"channel" text NOT NULL,
	"drawn" integer NOT NULL,
	"issued" integer NOT NULL,
	"leftover" integer,
	"undeliverable" integer DEFAULT 0 NOT NULL,
	FOREIGN KEY ("stratum_id") REFERENCES "strata"("id"),
	CONSTRAINT "batches_channel" CHECK("channel" in ('letter', 'handout', 'email')),
	CONSTRAINT "batches_counts" CHECK("issued" >= 0 and coalesce("leftover", 0) between 0 and "issued" and "undeliverable" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX "batches_stratum" ON "batches" ("stratum_id");--> statement-breakpoint
CREATE TABLE "invitations" (
	"code_tag" blob PRIMARY KEY NOT NULL,
	"batch_id" text NOT NULL,
	"disposition" text NOT NULL,
	FOREIGN KEY ("batch_id") REFERENCES "batches"("id"),
	CONSTRAINT "invitations_disposition" CHECK("disposition" in ('stock', 'handed_out', 'undeliverable'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "key_checks" (
	"name" text PRIMARY KEY NOT NULL,
	"fingerprint" text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "municipalities" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"county_code" text NOT NULL,
	"county" text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "openings" (
	"round_id" text PRIMARY KEY NOT NULL,
	"ballots" integer NOT NULL,
	"sealed_counts" blob NOT NULL,
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "round_groups" (
	"round_id" text NOT NULL,
	"target_group" text NOT NULL,
	PRIMARY KEY("round_id", "target_group"),
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id"),
	CONSTRAINT "round_groups_target_group" CHECK("target_group" in ('economic_assistance', 'addiction', 'guardian', 'youth', 'unaccompanied'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "rounds" (
	"id" text PRIMARY KEY NOT NULL,
	"year" integer NOT NULL,
	"state" text NOT NULL,
	"opens_on" text NOT NULL,
	"closes_on" text NOT NULL,
	"public_key" blob NOT NULL,
	CONSTRAINT "rounds_state" CHECK("state" in ('draft', 'enrolling', 'collecting', 'closed', 'released', 'published'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "spent" (
	"tag" blob PRIMARY KEY NOT NULL,
	"stratum_id" text NOT NULL,
	FOREIGN KEY ("stratum_id") REFERENCES "strata"("id")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "strata" (
	"id" text PRIMARY KEY NOT NULL,
	"round_id" text NOT NULL,
	"unit_id" text NOT NULL,
	"target_group" text NOT NULL,
	FOREIGN KEY ("unit_id") REFERENCES "units"("id"),
	FOREIGN KEY ("round_id","target_group") REFERENCES "round_groups"("round_id","target_group")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX "strata_place" ON "strata" ("round_id","unit_id","target_group");--> statement-breakpoint
CREATE TABLE "tallies" (
	"stratum_id" text NOT NULL,
	"channel" text NOT NULL,
	"disposition" text NOT NULL,
	"number" integer NOT NULL,
	PRIMARY KEY("stratum_id", "channel", "disposition"),
	FOREIGN KEY ("stratum_id") REFERENCES "strata"("id"),
	CONSTRAINT "tallies_channel" CHECK("channel" in ('letter', 'handout', 'email', 'tablet', 'paper')),
	CONSTRAINT "tallies_disposition" CHECK("disposition" in ('handed_out', 'declined', 'declined_with_code')),
	CONSTRAINT "tallies_number" CHECK("number" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "units" (
	"id" text PRIMARY KEY NOT NULL,
	"municipality_code" text NOT NULL,
	"name" text NOT NULL,
	FOREIGN KEY ("municipality_code") REFERENCES "municipalities"("code")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX "units_name" ON "units" ("municipality_code","name");--> statement-breakpoint
CREATE TABLE "urn" (
	"ballot_id" blob PRIMARY KEY NOT NULL,
	"stratum_id" text NOT NULL,
	"channel" text NOT NULL,
	"sealed" blob NOT NULL,
	FOREIGN KEY ("stratum_id") REFERENCES "strata"("id"),
	CONSTRAINT "urn_channel" CHECK("channel" in ('letter', 'handout', 'email', 'tablet', 'paper')),
	CONSTRAINT "urn_sealed" CHECK(length("sealed") = 112)
) STRICT, WITHOUT ROWID;
