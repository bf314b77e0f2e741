CREATE TABLE "audit" (
	"at" text NOT NULL,
	"id" text NOT NULL,
	"staff_id" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"municipality_code" text,
	"number" integer DEFAULT 1 NOT NULL,
	PRIMARY KEY("at", "id")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "enrolment_places" (
	"round_id" text NOT NULL,
	"unit_id" text NOT NULL,
	"target_group" text NOT NULL,
	"expected" integer NOT NULL,
	PRIMARY KEY("round_id", "unit_id", "target_group"),
	FOREIGN KEY ("unit_id") REFERENCES "units"("id"),
	FOREIGN KEY ("round_id","target_group") REFERENCES "round_groups"("round_id","target_group"),
	CONSTRAINT "enrolment_places_expected" CHECK("expected" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "enrolments" (
	"round_id" text NOT NULL,
	"municipality_code" text NOT NULL,
	"state" text NOT NULL,
	"contact_name" text DEFAULT '' NOT NULL,
	"contact_email" text DEFAULT '' NOT NULL,
	"contact_phone" text DEFAULT '' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"submitted_on" text,
	"approved_on" text,
	"reminded_on" text,
	PRIMARY KEY("round_id", "municipality_code"),
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id"),
	FOREIGN KEY ("municipality_code") REFERENCES "municipalities"("code"),
	CONSTRAINT "enrolments_state" CHECK("state" in ('asked', 'submitted', 'approved', 'abstains'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "fieldwork_days" (
	"round_id" text NOT NULL,
	"day" text NOT NULL,
	"municipality_code" text NOT NULL,
	"target_group" text NOT NULL,
	"offered" integer NOT NULL,
	"declined" integer NOT NULL,
	"undeliverable" integer NOT NULL,
	"responded" integer NOT NULL,
	PRIMARY KEY("round_id", "day", "municipality_code", "target_group"),
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id"),
	FOREIGN KEY ("municipality_code") REFERENCES "municipalities"("code"),
	CONSTRAINT "fieldwork_days_target_group" CHECK("target_group" in ('economic_assistance', 'addiction', 'guardian', 'youth', 'unaccompanied'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "paper_bundles" (
	"id" text PRIMARY KEY NOT NULL,
	"stratum_id" text NOT NULL,
	"staff_id" text NOT NULL,
	"forms" integer NOT NULL,
	"entered" integer DEFAULT 0 NOT NULL,
	"blank" integer DEFAULT 0 NOT NULL,
	"is_sampled" integer DEFAULT false NOT NULL,
	"compared" integer DEFAULT 0 NOT NULL,
	"differing" integer DEFAULT 0 NOT NULL,
	"is_done" integer DEFAULT false NOT NULL,
	FOREIGN KEY ("stratum_id") REFERENCES "strata"("id"),
	FOREIGN KEY ("staff_id") REFERENCES "staff"("id"),
	CONSTRAINT "paper_bundles_counts" CHECK("entered" >= 0 and "blank" >= 0 and "forms" > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "paper_imports" (
	"tag" blob PRIMARY KEY NOT NULL,
	"round_id" text NOT NULL,
	"municipality_code" text NOT NULL,
	"forms" integer NOT NULL,
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id"),
	FOREIGN KEY ("municipality_code") REFERENCES "municipalities"("code")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"staff_id" text NOT NULL,
	"tag" blob NOT NULL,
	PRIMARY KEY("staff_id", "tag"),
	FOREIGN KEY ("staff_id") REFERENCES "staff"("id")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "round_languages" (
	"round_id" text NOT NULL,
	"language" text NOT NULL,
	PRIMARY KEY("round_id", "language"),
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "sessions" (
	"tag" blob PRIMARY KEY NOT NULL,
	"staff_id" text NOT NULL,
	"is_complete" integer NOT NULL,
	"begun_at" text NOT NULL,
	"seen_at" text NOT NULL,
	"ends_at" text NOT NULL,
	"device" text NOT NULL,
	FOREIGN KEY ("staff_id") REFERENCES "staff"("id")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX "sessions_staff" ON "sessions" ("staff_id");--> statement-breakpoint
CREATE TABLE "staff" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"municipality_code" text,
	"language" text DEFAULT 'sv' NOT NULL,
	"password_hash" text,
	"totp_sealed" blob,
	"totp_step" integer DEFAULT 0 NOT NULL,
	"invitation_tag" blob,
	"invitation_until" text,
	"ended_on" text,
	FOREIGN KEY ("municipality_code") REFERENCES "municipalities"("code"),
	CONSTRAINT "staff_role" CHECK("role" in ('national', 'coordinator', 'caseworker', 'host', 'viewer')),
	CONSTRAINT "staff_place" CHECK(("role" = 'national') = ("municipality_code" is null))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX "staff_email_unique" ON "staff" ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_invitation_tag_unique" ON "staff" ("invitation_tag");--> statement-breakpoint
CREATE TABLE "staff_units" (
	"staff_id" text NOT NULL,
	"unit_id" text NOT NULL,
	PRIMARY KEY("staff_id", "unit_id"),
	FOREIGN KEY ("staff_id") REFERENCES "staff"("id"),
	FOREIGN KEY ("unit_id") REFERENCES "units"("id")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "urn_counts" (
	"stratum_id" text NOT NULL,
	"channel" text NOT NULL,
	"number" integer NOT NULL,
	PRIMARY KEY("stratum_id", "channel"),
	FOREIGN KEY ("stratum_id") REFERENCES "strata"("id"),
	CONSTRAINT "urn_counts_channel" CHECK("channel" in ('letter', 'handout', 'email', 'tablet', 'paper'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE "batches" ADD "issued_on" text;--> statement-breakpoint
ALTER TABLE "rounds" ADD "registration_opens_on" text;--> statement-breakpoint
ALTER TABLE "rounds" ADD "registration_closes_on" text;--> statement-breakpoint
ALTER TABLE "rounds" ADD "is_paused" integer DEFAULT false NOT NULL;
--> statement-breakpoint
INSERT INTO "urn_counts" SELECT "stratum_id", "channel", count(*) FROM "urn" GROUP BY "stratum_id", "channel";
