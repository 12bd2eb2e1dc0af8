-- Notices cannot be written while its two unique indexes are built: some seconds for each million of unread ones.
DROP INDEX "notifications_replies";--> statement-breakpoint
DROP INDEX "notifications_threads";--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "technology_id" bigint;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_technology_id_boards_id_fk" FOREIGN KEY ("technology_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notifications_technology" ON "notifications" USING btree ("technology_id") WHERE "notifications"."technology_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_replies" ON "notifications" USING btree ("member_id","thread_id") WHERE "notifications"."kind" = 'reply' and "notifications"."read_at" is null and "notifications"."mailed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_threads" ON "notifications" USING btree ("member_id","board_id",coalesce("technology_id", 0)) WHERE "notifications"."kind" = 'thread' and "notifications"."read_at" is null and "notifications"."mailed_at" is null;