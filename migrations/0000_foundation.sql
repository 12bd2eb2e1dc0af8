CREATE TABLE "members" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "members_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"username" text NOT NULL,
	"username_key" text NOT NULL,
	"password_hash" text NOT NULL,
	"role" text DEFAULT 'member' NOT NULL,
	"language" text DEFAULT 'fr' NOT NULL,
	"theme" text,
	"biography" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "members_role" CHECK ("members"."role" in ('member', 'moderator', 'admin'))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id_hash" "bytea" PRIMARY KEY NOT NULL,
	"member_id" bigint NOT NULL,
	"device" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "boards" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "boards_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"kind" text NOT NULL,
	"name" jsonb NOT NULL,
	"summary" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"country" text,
	"department" text,
	"latitude" double precision,
	"longitude" double precision,
	"position" integer DEFAULT 0 NOT NULL,
	"thread_count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "boards_kind" CHECK ("boards"."kind" in ('city', 'technology'))
);
--> statement-breakpoint
CREATE TABLE "crossings" (
	"city_id" bigint NOT NULL,
	"technology_id" bigint NOT NULL,
	"note" jsonb,
	"thread_count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "crossings_city_id_technology_id_pk" PRIMARY KEY("city_id","technology_id")
);
--> statement-breakpoint
CREATE TABLE "post_versions" (
	"post_id" bigint NOT NULL,
	"version" integer NOT NULL,
	"title" text,
	"body" text NOT NULL,
	"written_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "post_versions_post_id_version_pk" PRIMARY KEY("post_id","version")
);
--> statement-breakpoint
CREATE TABLE "posts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "posts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"thread_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"author_id" bigint NOT NULL,
	"body" text NOT NULL,
	"body_html" text NOT NULL,
	"html_version" smallint NOT NULL,
	"excerpt" text NOT NULL,
	"language" text NOT NULL,
	"reply_to" integer,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"edited_at" timestamp (6) with time zone,
	"edit_count" integer DEFAULT 0 NOT NULL,
	"deleted_at" timestamp (6) with time zone,
	"deleted_by" bigint,
	"request_key" uuid
);
--> statement-breakpoint
CREATE TABLE "crossing_threads" (
	"thread_id" bigint NOT NULL,
	"city_id" bigint NOT NULL,
	"technology_id" bigint NOT NULL,
	"active_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "crossing_threads_thread_id_city_id_technology_id_pk" PRIMARY KEY("thread_id","city_id","technology_id")
);
--> statement-breakpoint
CREATE TABLE "thread_boards" (
	"board_id" bigint NOT NULL,
	"thread_id" bigint NOT NULL,
	"active_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "thread_boards_board_id_thread_id_pk" PRIMARY KEY("board_id","thread_id")
);
--> statement-breakpoint
CREATE TABLE "threads" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "threads_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"title" text NOT NULL,
	"slug" text NOT NULL,
	"author_id" bigint NOT NULL,
	"language" text NOT NULL,
	"board_ids" bigint[] NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"last_number" integer DEFAULT 1 NOT NULL,
	"reply_count" integer DEFAULT 0 NOT NULL,
	"last_post_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"last_author_id" bigint NOT NULL,
	"heat" double precision NOT NULL
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "attempts" (
	"key" "bytea" PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"ends_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crossings" ADD CONSTRAINT "crossings_city_id_boards_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crossings" ADD CONSTRAINT "crossings_technology_id_boards_id_fk" FOREIGN KEY ("technology_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_versions" ADD CONSTRAINT "post_versions_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_author_id_members_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_deleted_by_members_id_fk" FOREIGN KEY ("deleted_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crossing_threads" ADD CONSTRAINT "crossing_threads_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crossing_threads" ADD CONSTRAINT "crossing_threads_city_id_technology_id_crossings_city_id_technology_id_fk" FOREIGN KEY ("city_id","technology_id") REFERENCES "public"."crossings"("city_id","technology_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_boards" ADD CONSTRAINT "thread_boards_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_boards" ADD CONSTRAINT "thread_boards_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_author_id_members_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "members_username_key" ON "members" USING btree ("username_key");--> statement-breakpoint
CREATE INDEX "sessions_member" ON "sessions" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "boards_slug" ON "boards" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "crossings_technology" ON "crossings" USING btree ("technology_id");--> statement-breakpoint
CREATE UNIQUE INDEX "posts_thread_number" ON "posts" USING btree ("thread_id","number");--> statement-breakpoint
CREATE INDEX "posts_author" ON "posts" USING btree ("author_id","id");--> statement-breakpoint
CREATE INDEX "posts_deleted_by" ON "posts" USING btree ("deleted_by") WHERE "posts"."deleted_by" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "posts_request_key" ON "posts" USING btree ("author_id","request_key") WHERE "posts"."request_key" is not null;--> statement-breakpoint
CREATE INDEX "crossing_threads_activity" ON "crossing_threads" USING btree ("city_id","technology_id","active_at","thread_id");--> statement-breakpoint
CREATE INDEX "thread_boards_activity" ON "thread_boards" USING btree ("board_id","active_at","thread_id");--> statement-breakpoint
CREATE INDEX "thread_boards_thread" ON "thread_boards" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "threads_author" ON "threads" USING btree ("author_id","id");--> statement-breakpoint
CREATE INDEX "threads_heat" ON "threads" USING btree ("heat","id");--> statement-breakpoint
CREATE INDEX "attempts_end" ON "attempts" USING btree ("ends_at");