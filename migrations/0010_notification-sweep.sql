CREATE TABLE "notification_sweeps" (
	"single" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"swept_until" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "notification_sweeps_single" CHECK ("notification_sweeps"."single")
);
--> statement-breakpoint
CREATE TABLE "untold_replies" (
	"thread_id" bigint PRIMARY KEY NOT NULL,
	"first_number" integer NOT NULL,
	"last_number" integer NOT NULL,
	"telling_to" integer DEFAULT 0 NOT NULL,
	"told_up_to" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "untold_replies" ADD CONSTRAINT "untold_replies_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;