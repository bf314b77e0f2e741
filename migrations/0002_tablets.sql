CREATE TABLE "tablets" (
	"id" text PRIMARY KEY NOT NULL,
	"round_id" text NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"enrolment_tag" blob NOT NULL,
	"enrol_until" text NOT NULL,
	"key_tag" blob,
	"pin_salt" blob NOT NULL,
	"pin_hash" blob NOT NULL,
	"daily_quota" integer NOT NULL,
	"allowance" integer NOT NULL,
	"allowance_day" text NOT NULL,
	"last_contact_hour" text,
	"waiting" integer DEFAULT 0 NOT NULL,
	"delivered" integer DEFAULT 0 NOT NULL,
	"sequence" integer DEFAULT 0 NOT NULL,
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id"),
	CONSTRAINT "tablets_state" CHECK("state" in ('invited', 'active', 'revoked', 'stolen')),
	CONSTRAINT "tablets_counts" CHECK("allowance" >= 0 and "waiting" >= 0 and "delivered" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX "tablets_enrolment_tag_unique" ON "tablets" ("enrolment_tag");
--> statement-breakpoint
CREATE UNIQUE INDEX "tablets_key_tag_unique" ON "tablets" ("key_tag");
--> statement-breakpoint
CREATE TABLE "tablet_strata" (
	"tablet_id" text NOT NULL,
	"stratum_id" text NOT NULL,
	"declined" integer DEFAULT 0 NOT NULL,
	PRIMARY KEY("tablet_id", "stratum_id"),
	FOREIGN KEY ("tablet_id") REFERENCES "tablets"("id"),
	FOREIGN KEY ("stratum_id") REFERENCES "strata"("id"),
	CONSTRAINT "tablet_strata_declined" CHECK("declined" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "held_ballots" (
	"ballot_id" blob PRIMARY KEY NOT NULL,
	"tablet_id" text NOT NULL,
	"stratum_id" text NOT NULL,
	"state" text NOT NULL,
	"sealed" blob NOT NULL,
	FOREIGN KEY ("tablet_id") REFERENCES "tablets"("id"),
	FOREIGN KEY ("stratum_id") REFERENCES "strata"("id"),
	CONSTRAINT "held_ballots_state" CHECK("state" in ('held', 'discarded')),
	CONSTRAINT "held_ballots_sealed" CHECK(length("sealed") = 112)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE "rounds" ADD "late_until" text;
