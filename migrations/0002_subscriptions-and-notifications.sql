CREATE TABLE "notifications" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notifications_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"member_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"thread_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"board_id" bigint,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "notifications_kind" CHECK ("notifications"."kind" in ('answer', 'mention', 'reply', 'thread', 'moderated'))
);
--> statement-breakpoint
CREATE TABLE "board_subscriptions" (
	"member_id" bigint NOT NULL,
	"board_id" bigint NOT NULL,
	"level" text NOT NULL,
	CONSTRAINT "board_subscriptions_member_id_board_id_pk" PRIMARY KEY("member_id","board_id"),
	CONSTRAINT "board_subscriptions_level" CHECK ("board_subscriptions"."level" in ('watching', 'following', 'muted'))
);
--> statement-breakpoint
CREATE TABLE "crossing_subscriptions" (
	"member_id" bigint NOT NULL,
	"city_id" bigint NOT NULL,
	"technology_id" bigint NOT NULL,
	"level" text NOT NULL,
	CONSTRAINT "crossing_subscriptions_member_id_city_id_technology_id_pk" PRIMARY KEY("member_id","city_id","technology_id"),
	CONSTRAINT "crossing_subscriptions_level" CHECK ("crossing_subscriptions"."level" in ('watching', 'following', 'muted'))
);
--> statement-breakpoint
CREATE TABLE "thread_subscriptions" (
	"member_id" bigint NOT NULL,
	"thread_id" bigint NOT NULL,
	"level" text NOT NULL,
	CONSTRAINT "thread_subscriptions_member_id_thread_id_pk" PRIMARY KEY("member_id","thread_id"),
	CONSTRAINT "thread_subscriptions_level" CHECK ("thread_subscriptions"."level" in ('watching', 'following', 'muted', 'none'))
);
--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "started_level" text DEFAULT 'watching' NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "replied_level" text DEFAULT 'watching' NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_subscriptions" ADD CONSTRAINT "board_subscriptions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_subscriptions" ADD CONSTRAINT "board_subscriptions_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crossing_subscriptions" ADD CONSTRAINT "crossing_subscriptions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crossing_subscriptions" ADD CONSTRAINT "crossing_subscriptions_city_id_boards_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crossing_subscriptions" ADD CONSTRAINT "crossing_subscriptions_technology_id_boards_id_fk" FOREIGN KEY ("technology_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_subscriptions" ADD CONSTRAINT "thread_subscriptions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_subscriptions" ADD CONSTRAINT "thread_subscriptions_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_post" ON "notifications" USING btree ("member_id","thread_id","number","kind") WHERE "notifications"."kind" in ('answer', 'mention');--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_replies" ON "notifications" USING btree ("member_id","thread_id") WHERE "notifications"."kind" = 'reply' and "notifications"."read_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_threads" ON "notifications" USING btree ("member_id","board_id") WHERE "notifications"."kind" = 'thread' and "notifications"."read_at" is null;--> statement-breakpoint
CREATE INDEX "notifications_unread" ON "notifications" USING btree ("member_id","id") WHERE "notifications"."read_at" is null;--> statement-breakpoint
CREATE INDEX "notifications_member" ON "notifications" USING btree ("member_id","id");--> statement-breakpoint
CREATE INDEX "notifications_thread" ON "notifications" USING btree ("thread_id","number");--> statement-breakpoint
CREATE INDEX "notifications_board" ON "notifications" USING btree ("board_id") WHERE "notifications"."board_id" is not null;--> statement-breakpoint
CREATE INDEX "notifications_age" ON "notifications" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "board_subscriptions_board" ON "board_subscriptions" USING btree ("board_id","level","member_id");--> statement-breakpoint
CREATE INDEX "crossing_subscriptions_crossing" ON "crossing_subscriptions" USING btree ("city_id","technology_id","level","member_id");--> statement-breakpoint
CREATE INDEX "crossing_subscriptions_technology" ON "crossing_subscriptions" USING btree ("technology_id");--> statement-breakpoint
CREATE INDEX "thread_subscriptions_thread" ON "thread_subscriptions" USING btree ("thread_id","level","member_id");--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_started_level" CHECK ("members"."started_level" in ('watching', 'following', 'none'));--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_replied_level" CHECK ("members"."replied_level" in ('watching', 'following', 'none'));