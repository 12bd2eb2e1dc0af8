-- Search: words without their accents (unaccent), and what is spelt alike (pg_trgm). Both come with PostgreSQL's additional
-- modules; whoever owns the database may create them.
CREATE EXTENSION IF NOT EXISTS unaccent;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
-- How the words of each language are compared: without accents, by their stems. The forum takes texts apart itself
-- (src/forum/search/words.ts), so that only words and numbers come here.
CREATE TEXT SEARCH CONFIGURATION french_words (COPY = french);
--> statement-breakpoint
ALTER TEXT SEARCH CONFIGURATION french_words
  ALTER MAPPING FOR asciiword, word WITH unaccent, french_stem;
--> statement-breakpoint
CREATE TEXT SEARCH CONFIGURATION english_words (COPY = english);
--> statement-breakpoint
ALTER TEXT SEARCH CONFIGURATION english_words
  ALTER MAPPING FOR asciiword, word WITH unaccent, english_stem;
--> statement-breakpoint
-- Any other language: without accents, as they stand.
CREATE TEXT SEARCH CONFIGURATION simple_words (COPY = simple);
--> statement-breakpoint
ALTER TEXT SEARCH CONFIGURATION simple_words
  ALTER MAPPING FOR asciiword, word, numword WITH unaccent, simple;
--> statement-breakpoint
CREATE TABLE "api_tokens" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "api_tokens_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"member_id" bigint NOT NULL,
	"name" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"scopes" text[] NOT NULL,
	"created_on" date DEFAULT now() NOT NULL,
	"expires_on" date NOT NULL,
	"last_used_on" date,
	CONSTRAINT "api_tokens_scopes" CHECK (cardinality("api_tokens"."scopes") > 0 and "api_tokens"."scopes" <@ array['read', 'write', 'moderate'])
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"member_id" bigint NOT NULL,
	"key_hash" "bytea" NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"post_id" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_member_id_key_hash_pk" PRIMARY KEY("member_id","key_hash")
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
	"archived_at" timestamp with time zone,
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
CREATE TABLE "former_slugs" (
	"slug" text PRIMARY KEY NOT NULL,
	"board_id" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "digest_settings" (
	"member_id" bigint PRIMARY KEY NOT NULL,
	"rhythm" text DEFAULT 'daily' NOT NULL,
	"weekday" smallint DEFAULT 1 NOT NULL,
	"hour" smallint DEFAULT 7 NOT NULL,
	"time_zone" text DEFAULT 'Europe/Paris' NOT NULL,
	"notify_by_mail" boolean DEFAULT false NOT NULL,
	"next_at" timestamp with time zone,
	"covered_until" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"seen_on" date DEFAULT now() NOT NULL,
	CONSTRAINT "digest_settings_rhythm" CHECK ("digest_settings"."rhythm" in ('hourly', 'daily', 'weekly', 'never')),
	CONSTRAINT "digest_settings_hour" CHECK ("digest_settings"."hour" between 0 and 23),
	CONSTRAINT "digest_settings_weekday" CHECK ("digest_settings"."weekday" between 1 and 7)
);
--> statement-breakpoint
CREATE TABLE "email_addresses" (
	"member_id" bigint PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"address_key" text NOT NULL,
	"refusals" integer DEFAULT 0 NOT NULL,
	"refused_at" timestamp with time zone,
	"paused_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "email_tokens" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"member_id" bigint NOT NULL,
	"purpose" text NOT NULL,
	"address" text,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "email_tokens_purpose" CHECK ("email_tokens"."purpose" in ('confirm', 'reset', 'rescue'))
);
--> statement-breakpoint
CREATE TABLE "data_export_chunks" (
	"member_id" bigint NOT NULL,
	"run" uuid NOT NULL,
	"number" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "data_export_chunks_member_id_run_number_pk" PRIMARY KEY("member_id","run","number")
);
--> statement-breakpoint
CREATE TABLE "data_exports" (
	"member_id" bigint PRIMARY KEY NOT NULL,
	"state" text DEFAULT 'asked' NOT NULL,
	"run" uuid,
	"tries" smallint DEFAULT 0 NOT NULL,
	"size" bigint DEFAULT 0 NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "data_exports_state" CHECK ("data_exports"."state" in ('asked', 'ready', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "tag_authorities" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"name" text NOT NULL,
	"since" date DEFAULT current_date NOT NULL,
	CONSTRAINT "tag_authorities_only" CHECK ("tag_authorities"."only")
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "mails_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"member_id" bigint,
	"kind" text NOT NULL,
	"unique_key" text,
	"urgent" boolean NOT NULL,
	"letter" "bytea",
	"state" text DEFAULT 'queued' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"problem" text,
	"next_try_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sender" integer,
	"told_threads" bigint[],
	"told_numbers" integer[],
	"told_since" timestamp with time zone,
	"bounced_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mails_kind" CHECK ("mails"."kind" in ('account', 'digest', 'notification', 'notice', 'test')),
	CONSTRAINT "mails_state" CHECK ("mails"."state" in ('queued', 'sent', 'dropped', 'failed')),
	CONSTRAINT "mails_letter" CHECK (case "mails"."state" when 'queued' then "mails"."letter" is not null when 'failed' then true else "mails"."letter" is null end)
);
--> statement-breakpoint
CREATE TABLE "bookmarks" (
	"member_id" bigint NOT NULL,
	"post_id" bigint NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "bookmarks_member_id_post_id_pk" PRIMARY KEY("member_id","post_id")
);
--> statement-breakpoint
CREATE TABLE "useful_marks" (
	"post_id" bigint NOT NULL,
	"member_id" bigint NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "useful_marks_post_id_member_id_pk" PRIMARY KEY("post_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "dead_setup_links" (
	"number" integer PRIMARY KEY NOT NULL,
	"died_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"code_hash" "bytea" PRIMARY KEY NOT NULL,
	"made_by" bigint NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"used_by" bigint
);
--> statement-breakpoint
CREATE TABLE "members" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "members_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"username" text,
	"username_key" text NOT NULL,
	"password_hash" text NOT NULL,
	"password_changed_at" timestamp with time zone,
	"role" text DEFAULT 'member' NOT NULL,
	"language" text DEFAULT 'fr' NOT NULL,
	"theme" text,
	"time_zone" text,
	"biography" text DEFAULT '' NOT NULL,
	"listed" boolean DEFAULT false NOT NULL,
	"started_level" text DEFAULT 'watching' NOT NULL,
	"replied_level" text DEFAULT 'watching' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"waiting_since" timestamp with time zone,
	"banned_at" timestamp with time zone,
	"silenced_until" timestamp with time zone,
	"unread_since" timestamp with time zone,
	"left_at" timestamp with time zone,
	"former_username" text,
	"takes_posts_away" boolean DEFAULT false NOT NULL,
	"erased_at" timestamp with time zone,
	CONSTRAINT "members_left_check" CHECK (("members"."username" is null) = ("members"."left_at" is not null)),
	CONSTRAINT "members_role" CHECK ("members"."role" in ('member', 'moderator', 'admin')),
	CONSTRAINT "members_started_level" CHECK ("members"."started_level" in ('watching', 'following', 'none')),
	CONSTRAINT "members_replied_level" CHECK ("members"."replied_level" in ('watching', 'following', 'none'))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id_hash" "bytea" PRIMARY KEY NOT NULL,
	"member_id" bigint NOT NULL,
	"device" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"confirmed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_on" date DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "acts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "acts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"by_id" bigint,
	"at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"thread_id" bigint,
	"post_id" bigint,
	"member_id" bigint,
	"board_id" bigint,
	"case_id" bigint,
	"reason" text,
	"before" jsonb,
	"after" jsonb,
	CONSTRAINT "acts_kind_check" CHECK ("acts"."kind" in ('hide', 'show', 'erase', 'approve', 'move_posts', 'lock', 'unlock', 'pin', 'unpin', 'move', 'merge', 'remove', 'restore', 'warn', 'silence', 'ban', 'lift', 'purge', 'unpurge', 'role', 'approve_member', 'rescue', 'dismiss', 'escalate', 'answer_appeal', 'refuse_member', 'invite', 'settings', 'board_create', 'board_change', 'board_archive', 'board_unarchive', 'board_merge'))
);
--> statement-breakpoint
CREATE TABLE "case_notes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "case_notes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"case_id" bigint NOT NULL,
	"author_id" bigint NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cases_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"post_id" bigint,
	"member_id" bigint,
	"words" text,
	"reasons" text[],
	"sanction_id" bigint,
	"opened_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"flag_count" integer DEFAULT 0 NOT NULL,
	"claimed_by" bigint,
	"claimed_at" timestamp (6) with time zone,
	"escalated_at" timestamp (6) with time zone,
	"closed_at" timestamp (6) with time zone,
	"decision" text,
	"statement" text,
	"decided_by" bigint,
	CONSTRAINT "cases_kind" CHECK ("cases"."kind" in ('flagged', 'held', 'appeal', 'member')),
	CONSTRAINT "cases_decision" CHECK ("cases"."decision" in ('dismiss', 'approve', 'hide', 'remove', 'escalate')),
	CONSTRAINT "cases_reasons" CHECK (cardinality("cases"."reasons") > 0 and "cases"."reasons" <@ array['first_posts', 'blocked_word', 'repeats', 'repeated', 'links', 'edited'])
);
--> statement-breakpoint
CREATE TABLE "flags" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "flags_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"case_id" bigint NOT NULL,
	"post_id" bigint NOT NULL,
	"member_id" bigint NOT NULL,
	"reason" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "flags_reason" CHECK ("flags"."reason" in ('spam', 'abuse', 'private', 'illegal', 'off_topic', 'other'))
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"code_hash" "bytea" NOT NULL,
	"case_id" bigint NOT NULL,
	"url" text NOT NULL,
	"reason" text NOT NULL,
	"explanation" text NOT NULL,
	"sender" "bytea",
	"language" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notices_reason" CHECK ("notices"."reason" in ('spam', 'abuse', 'private', 'illegal', 'off_topic', 'other'))
);
--> statement-breakpoint
CREATE TABLE "purged" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "purged_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"purge_id" bigint NOT NULL,
	"post_id" bigint,
	"thread_id" bigint,
	"hidden_at" timestamp (6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "purges" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "purges_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"member_id" bigint NOT NULL,
	"by_id" bigint NOT NULL,
	"at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"since" timestamp (6) with time zone NOT NULL,
	"reason" text,
	"undone_at" timestamp (6) with time zone
);
--> statement-breakpoint
CREATE TABLE "sanctions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sanctions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"member_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"by_id" bigint,
	"at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"until" timestamp (6) with time zone,
	"lifted_at" timestamp (6) with time zone,
	CONSTRAINT "sanctions_kind" CHECK ("sanctions"."kind" in ('warn', 'silence', 'ban'))
);
--> statement-breakpoint
CREATE TABLE "account_notifications" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "account_notifications_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"member_id" bigint NOT NULL,
	"occasion" text NOT NULL,
	"reason" text,
	"path" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "account_notifications_occasion" CHECK ("account_notifications"."occasion" in ('factor_on', 'factor_off', 'webhook_off', 'backup_old', 'export_ready', 'rescue', 'passkey_on', 'passkey_off', 'warned', 'silenced', 'banned', 'lifted', 'erased', 'post_restored', 'thread_locked', 'thread_unlocked', 'thread_moved', 'thread_restored', 'thread_merged', 'posts_moved', 'purged', 'unpurged', 'flag_decided', 'post_approved', 'appeal_answered', 'joined', 'role_changed'))
);
--> statement-breakpoint
CREATE TABLE "notification_sweeps" (
	"single" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"swept_until" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "notification_sweeps_single" CHECK ("notification_sweeps"."single")
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notifications_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"member_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"thread_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"board_id" bigint,
	"technology_id" bigint,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"read_at" timestamp with time zone,
	"mailed_at" timestamp with time zone,
	CONSTRAINT "notifications_kind" CHECK ("notifications"."kind" in ('answer', 'mention', 'reply', 'thread', 'moderated'))
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
CREATE TABLE "passkeys" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "passkeys_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"member_id" bigint NOT NULL,
	"name" text NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_on" date
);
--> statement-breakpoint
CREATE TABLE "html_versions" (
	"version" integer PRIMARY KEY NOT NULL,
	"begun_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"reached" bigint DEFAULT 0 NOT NULL,
	"done_at" timestamp (6) with time zone
);
--> statement-breakpoint
CREATE TABLE "moved_posts" (
	"thread_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"post_id" bigint NOT NULL,
	"moved_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"reply_to" integer,
	CONSTRAINT "moved_posts_thread_id_number_pk" PRIMARY KEY("thread_id","number")
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
	"language_chosen" boolean DEFAULT false NOT NULL,
	"reply_to" integer,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"edited_at" timestamp (6) with time zone,
	"edit_count" integer DEFAULT 0 NOT NULL,
	"change_number" integer DEFAULT 0 NOT NULL,
	"deleted_at" timestamp (6) with time zone,
	"deleted_by" bigint,
	"deleted_reason" text,
	"erased_at" timestamp (6) with time zone,
	"held_at" timestamp (6) with time zone,
	"approved_change" integer,
	"useful_count" integer DEFAULT 0 NOT NULL,
	"called_count" smallint DEFAULT 0 NOT NULL,
	"request_key" uuid,
	CONSTRAINT "posts_held" CHECK ("posts"."held_at" is null or "posts"."deleted_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "push_browsers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "push_browsers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"member_id" bigint NOT NULL,
	"address" "bytea" NOT NULL,
	"address_hash" "bytea" NOT NULL,
	"device" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"told_until" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "push_browsers_address" UNIQUE("address_hash")
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "attempts" (
	"key" "bytea" PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"ends_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
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
CREATE TABLE "saved_searches" (
	"member_id" bigint NOT NULL,
	"query" text NOT NULL,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "saved_searches_member_id_query_pk" PRIMARY KEY("member_id","query")
);
--> statement-breakpoint
CREATE TABLE "search_rows" (
	"kind" text NOT NULL,
	"id" bigint NOT NULL,
	"thread_id" bigint,
	"author_id" bigint,
	"language" text NOT NULL,
	"posted_at" timestamp (6) with time zone NOT NULL,
	"title" "tsvector",
	"title_words" text,
	"words" "tsvector" NOT NULL,
	CONSTRAINT "search_rows_kind_id_pk" PRIMARY KEY("kind","id")
);
--> statement-breakpoint
CREATE TABLE "search_versions" (
	"version" integer PRIMARY KEY NOT NULL,
	"reached" bigint DEFAULT 0 NOT NULL,
	"done_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"member_id" bigint NOT NULL,
	"code_hash" "bytea" NOT NULL,
	CONSTRAINT "recovery_codes_member_id_code_hash_pk" PRIMARY KEY("member_id","code_hash")
);
--> statement-breakpoint
CREATE TABLE "second_factors" (
	"member_id" bigint PRIMARY KEY NOT NULL,
	"secret" "bytea" NOT NULL,
	"switched_on_at" timestamp with time zone,
	"last_half_minute" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "daily_totals" (
	"day" date PRIMARY KEY NOT NULL,
	"members" integer NOT NULL,
	"threads" integer NOT NULL,
	"posts" integer NOT NULL,
	"digests" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "status_samples" (
	"taken_at" timestamp with time zone PRIMARY KEY DEFAULT now() NOT NULL,
	"database_bytes" bigint NOT NULL,
	"free_bytes" bigint NOT NULL,
	"connections" integer NOT NULL,
	"jobs_waiting" integer NOT NULL,
	"jobs_failed" integer NOT NULL,
	"mails_waiting" integer NOT NULL
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
CREATE TABLE "mutes" (
	"member_id" bigint NOT NULL,
	"muted_id" bigint NOT NULL,
	CONSTRAINT "mutes_member_id_muted_id_pk" PRIMARY KEY("member_id","muted_id")
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
CREATE TABLE "crossing_threads" (
	"thread_id" bigint NOT NULL,
	"city_id" bigint NOT NULL,
	"technology_id" bigint NOT NULL,
	"active_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "crossing_threads_thread_id_city_id_technology_id_pk" PRIMARY KEY("thread_id","city_id","technology_id")
);
--> statement-breakpoint
CREATE TABLE "pins" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pins_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"thread_id" bigint NOT NULL,
	"board_id" bigint
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
	"change_number" integer DEFAULT 0 NOT NULL,
	"locked_at" timestamp (6) with time zone,
	"removed_at" timestamp (6) with time zone,
	"removed_reason" text,
	"emptied" boolean DEFAULT false NOT NULL,
	"merged_into" bigint,
	"heat" double precision NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "webhook_deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"webhook_id" bigint NOT NULL,
	"message_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"type" text NOT NULL,
	"thread_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"happened_at" timestamp (6) with time zone NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"tries" smallint DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"last_tried_at" timestamp (6) with time zone,
	"status" smallint,
	"problem" text,
	CONSTRAINT "webhook_deliveries_type" CHECK ("webhook_deliveries"."type" in ('thread.created', 'post.created', 'post.edited', 'post.deleted', 'post.restored', 'thread.removed', 'thread.restored', 'post.flagged')),
	CONSTRAINT "webhook_deliveries_state" CHECK ("webhook_deliveries"."state" in ('queued', 'sent', 'dropped'))
);
--> statement-breakpoint
CREATE TABLE "webhook_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "webhook_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"type" text NOT NULL,
	"thread_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"board_ids" bigint[] NOT NULL,
	"happened_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_events_type" CHECK ("webhook_events"."type" in ('thread.created', 'post.created', 'post.edited', 'post.deleted', 'post.restored', 'thread.removed', 'thread.restored', 'post.flagged'))
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "webhooks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"member_id" bigint NOT NULL,
	"url" text NOT NULL,
	"secret" "bytea" NOT NULL,
	"events" text[] NOT NULL,
	"board_id" bigint,
	"technology_id" bigint,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"quiet_until" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp (6) with time zone,
	"trusted_from" timestamp (6) with time zone,
	"off_at" timestamp (6) with time zone
);
--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crossings" ADD CONSTRAINT "crossings_city_id_boards_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crossings" ADD CONSTRAINT "crossings_technology_id_boards_id_fk" FOREIGN KEY ("technology_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "former_slugs" ADD CONSTRAINT "former_slugs_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_settings" ADD CONSTRAINT "digest_settings_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "email_addresses" ADD CONSTRAINT "email_addresses_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "email_tokens" ADD CONSTRAINT "email_tokens_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data_export_chunks" ADD CONSTRAINT "data_export_chunks_member_id_data_exports_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."data_exports"("member_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data_exports" ADD CONSTRAINT "data_exports_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookmarks" ADD CONSTRAINT "bookmarks_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookmarks" ADD CONSTRAINT "bookmarks_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "useful_marks" ADD CONSTRAINT "useful_marks_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "useful_marks" ADD CONSTRAINT "useful_marks_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_made_by_members_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_used_by_members_id_fk" FOREIGN KEY ("used_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acts" ADD CONSTRAINT "acts_by_id_members_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acts" ADD CONSTRAINT "acts_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acts" ADD CONSTRAINT "acts_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acts" ADD CONSTRAINT "acts_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acts" ADD CONSTRAINT "acts_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acts" ADD CONSTRAINT "acts_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_notes" ADD CONSTRAINT "case_notes_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_notes" ADD CONSTRAINT "case_notes_author_id_members_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_sanction_id_sanctions_id_fk" FOREIGN KEY ("sanction_id") REFERENCES "public"."sanctions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_claimed_by_members_id_fk" FOREIGN KEY ("claimed_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_decided_by_members_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purged" ADD CONSTRAINT "purged_purge_id_purges_id_fk" FOREIGN KEY ("purge_id") REFERENCES "public"."purges"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purged" ADD CONSTRAINT "purged_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purged" ADD CONSTRAINT "purged_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purges" ADD CONSTRAINT "purges_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purges" ADD CONSTRAINT "purges_by_id_members_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_by_id_members_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_notifications" ADD CONSTRAINT "account_notifications_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_technology_id_boards_id_fk" FOREIGN KEY ("technology_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "untold_replies" ADD CONSTRAINT "untold_replies_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moved_posts" ADD CONSTRAINT "moved_posts_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moved_posts" ADD CONSTRAINT "moved_posts_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_versions" ADD CONSTRAINT "post_versions_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_author_id_members_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_deleted_by_members_id_fk" FOREIGN KEY ("deleted_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_browsers" ADD CONSTRAINT "push_browsers_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_reads" ADD CONSTRAINT "board_reads_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_reads" ADD CONSTRAINT "board_reads_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reads" ADD CONSTRAINT "reads_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reads" ADD CONSTRAINT "reads_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_searches" ADD CONSTRAINT "saved_searches_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_factors" ADD CONSTRAINT "second_factors_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_subscriptions" ADD CONSTRAINT "board_subscriptions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_subscriptions" ADD CONSTRAINT "board_subscriptions_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crossing_subscriptions" ADD CONSTRAINT "crossing_subscriptions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crossing_subscriptions" ADD CONSTRAINT "crossing_subscriptions_city_id_boards_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crossing_subscriptions" ADD CONSTRAINT "crossing_subscriptions_technology_id_boards_id_fk" FOREIGN KEY ("technology_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mutes" ADD CONSTRAINT "mutes_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mutes" ADD CONSTRAINT "mutes_muted_id_members_id_fk" FOREIGN KEY ("muted_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_subscriptions" ADD CONSTRAINT "thread_subscriptions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_subscriptions" ADD CONSTRAINT "thread_subscriptions_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crossing_threads" ADD CONSTRAINT "crossing_threads_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crossing_threads" ADD CONSTRAINT "crossing_threads_city_id_technology_id_crossings_city_id_technology_id_fk" FOREIGN KEY ("city_id","technology_id") REFERENCES "public"."crossings"("city_id","technology_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pins" ADD CONSTRAINT "pins_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pins" ADD CONSTRAINT "pins_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_boards" ADD CONSTRAINT "thread_boards_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_boards" ADD CONSTRAINT "thread_boards_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_author_id_members_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_events" ADD CONSTRAINT "webhook_events_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_technology_id_boards_id_fk" FOREIGN KEY ("technology_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_tokens_hash" ON "api_tokens" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "api_tokens_member" ON "api_tokens" USING btree ("member_id","id");--> statement-breakpoint
CREATE INDEX "api_tokens_expiry" ON "api_tokens" USING btree ("expires_on");--> statement-breakpoint
CREATE INDEX "idempotency_keys_age" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "boards_slug" ON "boards" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "crossings_technology" ON "crossings" USING btree ("technology_id");--> statement-breakpoint
CREATE INDEX "former_slugs_board" ON "former_slugs" USING btree ("board_id");--> statement-breakpoint
CREATE INDEX "digest_settings_due" ON "digest_settings" USING btree ("next_at") WHERE "digest_settings"."next_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "email_addresses_key" ON "email_addresses" USING btree ("address_key");--> statement-breakpoint
CREATE INDEX "email_tokens_member" ON "email_tokens" USING btree ("member_id","purpose");--> statement-breakpoint
CREATE INDEX "email_tokens_expiry" ON "email_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "data_exports_asked" ON "data_exports" USING btree ("state","asked_at");--> statement-breakpoint
CREATE UNIQUE INDEX "mails_unique_key" ON "mails" USING btree ("member_id","unique_key");--> statement-breakpoint
CREATE INDEX "mails_due" ON "mails" USING btree ("urgent" DESC NULLS FIRST,"next_try_at") WHERE "mails"."state" = 'queued';--> statement-breakpoint
CREATE INDEX "mails_sender" ON "mails" USING btree ("sender") WHERE "mails"."sender" is not null;--> statement-breakpoint
CREATE INDEX "mails_age" ON "mails" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "mails_failed" ON "mails" USING btree ("id") WHERE "mails"."state" = 'failed';--> statement-breakpoint
CREATE INDEX "bookmarks_newest" ON "bookmarks" USING btree ("member_id","created_at","post_id");--> statement-breakpoint
CREATE INDEX "bookmarks_post" ON "bookmarks" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "useful_marks_member" ON "useful_marks" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "invitations_made_by" ON "invitations" USING btree ("made_by");--> statement-breakpoint
CREATE INDEX "invitations_used_by" ON "invitations" USING btree ("used_by") WHERE "invitations"."used_by" is not null;--> statement-breakpoint
CREATE INDEX "invitations_end" ON "invitations" USING btree ("ends_at");--> statement-breakpoint
CREATE UNIQUE INDEX "members_username_key" ON "members" USING btree ("username_key" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "members_staff" ON "members" USING btree ("role","id") WHERE "members"."role" <> 'member';--> statement-breakpoint
CREATE INDEX "members_waiting" ON "members" USING btree ("id") WHERE "members"."waiting_since" is not null;--> statement-breakpoint
CREATE INDEX "members_banned" ON "members" USING btree ("id") WHERE "members"."banned_at" is not null;--> statement-breakpoint
CREATE INDEX "members_silenced" ON "members" USING btree ("id") WHERE "members"."silenced_until" is not null;--> statement-breakpoint
CREATE INDEX "members_left" ON "members" USING btree ("left_at") WHERE "members"."left_at" is not null and "members"."erased_at" is null;--> statement-breakpoint
CREATE INDEX "members_take_posts" ON "members" USING btree ("id") WHERE "members"."takes_posts_away";--> statement-breakpoint
CREATE INDEX "sessions_member" ON "sessions" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "acts_at" ON "acts" USING btree ("at","kind");--> statement-breakpoint
CREATE INDEX "acts_kind" ON "acts" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "acts_by" ON "acts" USING btree ("by_id") WHERE "acts"."by_id" is not null;--> statement-breakpoint
CREATE INDEX "acts_thread" ON "acts" USING btree ("thread_id","id") WHERE "acts"."thread_id" is not null;--> statement-breakpoint
CREATE INDEX "acts_post" ON "acts" USING btree ("post_id") WHERE "acts"."post_id" is not null;--> statement-breakpoint
CREATE INDEX "acts_member" ON "acts" USING btree ("member_id","id") WHERE "acts"."member_id" is not null;--> statement-breakpoint
CREATE INDEX "acts_board" ON "acts" USING btree ("board_id") WHERE "acts"."board_id" is not null;--> statement-breakpoint
CREATE INDEX "acts_case" ON "acts" USING btree ("case_id") WHERE "acts"."case_id" is not null;--> statement-breakpoint
CREATE INDEX "case_notes_case" ON "case_notes" USING btree ("case_id","id");--> statement-breakpoint
CREATE INDEX "case_notes_author" ON "case_notes" USING btree ("author_id");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_open_post" ON "cases" USING btree ("post_id","kind") WHERE "cases"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "cases_closed" ON "cases" USING btree ("closed_at") WHERE "cases"."closed_at" is not null;--> statement-breakpoint
CREATE INDEX "cases_open" ON "cases" USING btree (("flag_count" < 5),"opened_at","id") WHERE "cases"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "cases_post" ON "cases" USING btree ("post_id") WHERE "cases"."post_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "cases_appeal" ON "cases" USING btree ("sanction_id") WHERE "cases"."sanction_id" is not null;--> statement-breakpoint
CREATE INDEX "cases_member" ON "cases" USING btree ("member_id") WHERE "cases"."member_id" is not null;--> statement-breakpoint
CREATE INDEX "cases_claimed_by" ON "cases" USING btree ("claimed_by") WHERE "cases"."claimed_by" is not null;--> statement-breakpoint
CREATE INDEX "cases_decided_by" ON "cases" USING btree ("decided_by") WHERE "cases"."decided_by" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "flags_case_member" ON "flags" USING btree ("case_id","member_id");--> statement-breakpoint
CREATE INDEX "flags_case" ON "flags" USING btree ("case_id","id");--> statement-breakpoint
CREATE INDEX "flags_post_member" ON "flags" USING btree ("post_id","member_id");--> statement-breakpoint
CREATE INDEX "flags_member" ON "flags" USING btree ("member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "notices_code" ON "notices" USING btree ("code_hash");--> statement-breakpoint
CREATE INDEX "notices_case" ON "notices" USING btree ("case_id","id");--> statement-breakpoint
CREATE INDEX "notices_age" ON "notices" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "purged_purge" ON "purged" USING btree ("purge_id","id");--> statement-breakpoint
CREATE INDEX "purged_post" ON "purged" USING btree ("post_id") WHERE "purged"."post_id" is not null;--> statement-breakpoint
CREATE INDEX "purged_thread" ON "purged" USING btree ("thread_id") WHERE "purged"."thread_id" is not null;--> statement-breakpoint
CREATE INDEX "purges_member" ON "purges" USING btree ("member_id","id");--> statement-breakpoint
CREATE INDEX "purges_by" ON "purges" USING btree ("by_id");--> statement-breakpoint
CREATE INDEX "sanctions_member" ON "sanctions" USING btree ("member_id","id");--> statement-breakpoint
CREATE INDEX "sanctions_by" ON "sanctions" USING btree ("by_id") WHERE "sanctions"."by_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "sanctions_holding" ON "sanctions" USING btree ("member_id","kind") WHERE "sanctions"."lifted_at" is null and "sanctions"."kind" in ('silence', 'ban');--> statement-breakpoint
CREATE INDEX "account_notifications_member" ON "account_notifications" USING btree ("member_id","id");--> statement-breakpoint
CREATE INDEX "account_notifications_unread" ON "account_notifications" USING btree ("member_id") WHERE "account_notifications"."read_at" is null;--> statement-breakpoint
CREATE INDEX "account_notifications_age" ON "account_notifications" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_post" ON "notifications" USING btree ("member_id","thread_id","number","kind") WHERE "notifications"."kind" in ('answer', 'mention');--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_replies" ON "notifications" USING btree ("thread_id","member_id") WHERE "notifications"."kind" = 'reply' and "notifications"."read_at" is null and "notifications"."mailed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_threads" ON "notifications" USING btree ("member_id","board_id",coalesce("technology_id", 0)) WHERE "notifications"."kind" = 'thread' and "notifications"."read_at" is null and "notifications"."mailed_at" is null;--> statement-breakpoint
CREATE INDEX "notifications_unread" ON "notifications" USING btree ("member_id","id") WHERE "notifications"."read_at" is null;--> statement-breakpoint
CREATE INDEX "notifications_member" ON "notifications" USING btree ("member_id","id");--> statement-breakpoint
CREATE INDEX "notifications_thread" ON "notifications" USING btree ("thread_id","number");--> statement-breakpoint
CREATE INDEX "notifications_board" ON "notifications" USING btree ("board_id") WHERE "notifications"."board_id" is not null;--> statement-breakpoint
CREATE INDEX "notifications_technology" ON "notifications" USING btree ("technology_id") WHERE "notifications"."technology_id" is not null;--> statement-breakpoint
CREATE INDEX "notifications_age" ON "notifications" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "passkeys_credential" ON "passkeys" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "passkeys_member" ON "passkeys" USING btree ("member_id","id");--> statement-breakpoint
CREATE INDEX "moved_posts_post" ON "moved_posts" USING btree ("post_id");--> statement-breakpoint
CREATE UNIQUE INDEX "posts_thread_number" ON "posts" USING btree ("thread_id","number");--> statement-breakpoint
CREATE INDEX "posts_changes" ON "posts" USING btree ("thread_id","change_number") WHERE "posts"."change_number" > 0;--> statement-breakpoint
CREATE INDEX "posts_author" ON "posts" USING btree ("author_id","id");--> statement-breakpoint
CREATE INDEX "posts_created" ON "posts" USING brin ("created_at");--> statement-breakpoint
CREATE INDEX "posts_deleted_by" ON "posts" USING btree ("deleted_by") WHERE "posts"."deleted_by" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "posts_request_key" ON "posts" USING btree ("author_id","request_key") WHERE "posts"."request_key" is not null;--> statement-breakpoint
CREATE INDEX "push_browsers_member" ON "push_browsers" USING btree ("member_id","id");--> statement-breakpoint
CREATE INDEX "attempts_end" ON "attempts" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "board_reads_board" ON "board_reads" USING btree ("board_id");--> statement-breakpoint
CREATE INDEX "reads_thread" ON "reads" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "search_rows_newest" ON "search_rows" USING btree ("posted_at","id");--> statement-breakpoint
CREATE INDEX "search_rows_newest_titles" ON "search_rows" USING btree ("posted_at","id") WHERE "search_rows"."title" is not null;--> statement-breakpoint
CREATE INDEX "search_rows_words" ON "search_rows" USING gin ("words") WITH (gin_pending_list_limit=64);--> statement-breakpoint
CREATE INDEX "search_rows_title" ON "search_rows" USING gin ("title") WITH (gin_pending_list_limit=64) WHERE "search_rows"."title" is not null;--> statement-breakpoint
CREATE INDEX "search_rows_spelling" ON "search_rows" USING gin ("title_words" gin_trgm_ops) WITH (gin_pending_list_limit=64) WHERE "search_rows"."title_words" is not null;--> statement-breakpoint
CREATE INDEX "board_subscriptions_board" ON "board_subscriptions" USING btree ("board_id","level","member_id");--> statement-breakpoint
CREATE INDEX "crossing_subscriptions_crossing" ON "crossing_subscriptions" USING btree ("city_id","technology_id","level","member_id");--> statement-breakpoint
CREATE INDEX "crossing_subscriptions_technology" ON "crossing_subscriptions" USING btree ("technology_id");--> statement-breakpoint
CREATE INDEX "mutes_muted" ON "mutes" USING btree ("muted_id");--> statement-breakpoint
CREATE INDEX "thread_subscriptions_thread" ON "thread_subscriptions" USING btree ("thread_id","level","member_id");--> statement-breakpoint
CREATE INDEX "crossing_threads_activity" ON "crossing_threads" USING btree ("city_id","technology_id","active_at","thread_id");--> statement-breakpoint
CREATE UNIQUE INDEX "pins_board" ON "pins" USING btree (coalesce("board_id", 0),"thread_id");--> statement-breakpoint
CREATE INDEX "pins_board_id" ON "pins" USING btree ("board_id") WHERE "pins"."board_id" is not null;--> statement-breakpoint
CREATE INDEX "pins_thread" ON "pins" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "thread_boards_activity" ON "thread_boards" USING btree ("board_id","active_at","thread_id");--> statement-breakpoint
CREATE INDEX "thread_boards_thread" ON "thread_boards" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "threads_author" ON "threads" USING btree ("author_id","id");--> statement-breakpoint
CREATE INDEX "threads_heat" ON "threads" USING btree ("heat","id");--> statement-breakpoint
CREATE INDEX "threads_merged_into" ON "threads" USING btree ("merged_into") WHERE "threads"."merged_into" is not null;--> statement-breakpoint
CREATE INDEX "threads_latest" ON "threads" USING btree ("last_post_at","id") WHERE "threads"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("webhook_id","next_try_at") WHERE "webhook_deliveries"."state" = 'queued';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_log" ON "webhook_deliveries" USING btree ("webhook_id","id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_thread" ON "webhook_deliveries" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_age" ON "webhook_deliveries" USING btree ("happened_at");--> statement-breakpoint
CREATE INDEX "webhook_events_thread" ON "webhook_events" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "webhooks_member" ON "webhooks" USING btree ("member_id","id");--> statement-breakpoint
CREATE INDEX "webhooks_due" ON "webhooks" USING btree ("quiet_until","id") WHERE "webhooks"."off_at" is null;--> statement-breakpoint
CREATE INDEX "webhooks_board" ON "webhooks" USING btree ("board_id") WHERE "webhooks"."board_id" is not null;--> statement-breakpoint
CREATE INDEX "webhooks_technology" ON "webhooks" USING btree ("technology_id") WHERE "webhooks"."technology_id" is not null;