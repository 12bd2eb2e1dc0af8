ALTER TABLE "mails" ADD COLUMN "told_threads" bigint[];--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "told_numbers" integer[];--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "told_since" timestamp with time zone;