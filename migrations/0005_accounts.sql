DROP INDEX `staff_email_unique`;--> statement-breakpoint
ALTER TABLE `staff` ADD `invitation_by` text;--> statement-breakpoint
CREATE UNIQUE INDEX `staff_email` ON `staff` (`email`) WHERE "ended_on" is null;