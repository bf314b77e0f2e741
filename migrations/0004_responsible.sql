ALTER TABLE "enrolments" ADD "board_name" text DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE "enrolments" ADD "board_contact" text DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE "enrolments" ADD "dpo_contact" text DEFAULT '' NOT NULL;
