-- Mails that wait are lost: what they say was not sealed. No version that sent any has been published.
ALTER TABLE "mails" DROP CONSTRAINT "mails_state";--> statement-breakpoint
UPDATE "mails" SET "state" = 'dropped' WHERE "state" IN ('queued', 'sending');--> statement-breakpoint
DROP INDEX "mails_due";--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "urgent" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "mails" ALTER COLUMN "urgent" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "letter" "bytea";--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "sender" integer;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "bounced_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "mails_sender" ON "mails" USING btree ("sender") WHERE "mails"."sender" is not null;--> statement-breakpoint
CREATE INDEX "mails_due" ON "mails" USING btree ("urgent" DESC NULLS FIRST,"next_try_at") WHERE "mails"."state" = 'queued';--> statement-breakpoint
ALTER TABLE "mails" DROP COLUMN "address";--> statement-breakpoint
ALTER TABLE "mails" DROP COLUMN "content";--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_letter" CHECK (("mails"."state" = 'queued') = ("mails"."letter" is not null));--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_state" CHECK ("mails"."state" in ('queued', 'sent', 'dropped', 'failed'));