CREATE TABLE "outbox" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"round_id" text,
	"about" text,
	"sealed" blob,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" text NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "outbox_kind" CHECK("kind" in ('staff', 'invitation', 'reminder')),
	CONSTRAINT "outbox_state" CHECK("state" in ('waiting', 'given_up'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" ("state","kind","next_attempt_at");--> statement-breakpoint
CREATE TABLE "recipients" (
	"id" text PRIMARY KEY NOT NULL,
	"round_id" text NOT NULL,
	"stratum_id" text NOT NULL,
	"address_tag" blob NOT NULL,
	"sealed" blob,
	"state" text NOT NULL,
	CONSTRAINT "recipients_state" CHECK("state" in ('queued', 'accepted', 'bounced', 'opted_out'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX "recipients_address" ON "recipients" ("address_tag","stratum_id");--> statement-breakpoint
CREATE TABLE "reminders" (
	"stratum_id" text NOT NULL,
	"number" integer NOT NULL,
	"round_id" text NOT NULL,
	"planned_on" text NOT NULL,
	PRIMARY KEY("stratum_id", "number"),
	CONSTRAINT "reminders_number" CHECK("number" in (1, 2))
) STRICT, WITHOUT ROWID;
