-- Needs care: making posts_changes holds back new posts while it reads the table once.
CREATE TABLE "board_reads" (
	"member_id" bigint NOT NULL,
	"board_id" bigint NOT NULL,
	"read_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "board_reads_member_id_board_id_pk" PRIMARY KEY("member_id","board_id")
);
--> statement-breakpoint
CREATE TABLE "reads" (
	"member_id" bigint NOT NULL,
	"thread_id" bigint NOT NULL,
	"number" integer NOT NULL,
	CONSTRAINT "reads_member_id_thread_id_pk" PRIMARY KEY("member_id","thread_id")
);
--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "banned_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "change_number" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "change_number" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "locked_at" timestamp (6) with time zone;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "removed_at" timestamp (6) with time zone;--> statement-breakpoint
ALTER TABLE "board_reads" ADD CONSTRAINT "board_reads_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_reads" ADD CONSTRAINT "board_reads_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reads" ADD CONSTRAINT "reads_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reads" ADD CONSTRAINT "reads_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "board_reads_board" ON "board_reads" USING btree ("board_id");--> statement-breakpoint
CREATE INDEX "reads_thread" ON "reads" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "posts_changes" ON "posts" USING btree ("thread_id","change_number") WHERE "posts"."change_number" > 0;