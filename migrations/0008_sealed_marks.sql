ALTER TABLE "waiting_forms" RENAME COLUMN "spent_tag" TO "sealed_mark";
