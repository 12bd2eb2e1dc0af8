ALTER TABLE "html_versions" ADD COLUMN "reached" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "html_versions" ADD COLUMN "done_at" timestamp (6) with time zone;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "deleted_reason" text;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "called_count" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "removed_reason" text;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "emptied" boolean DEFAULT false NOT NULL;