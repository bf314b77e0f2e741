ALTER TABLE "tablets" ADD "works_offline" integer;
--> statement-breakpoint
ALTER TABLE "tablets" ADD "is_promised" integer;
