-- Needs care: nobody can write notifications, and so reply, while the index is built again.
DROP INDEX "notifications_replies";--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_replies" ON "notifications" USING btree ("thread_id","member_id") WHERE "notifications"."kind" = 'reply' and "notifications"."read_at" is null and "notifications"."mailed_at" is null;