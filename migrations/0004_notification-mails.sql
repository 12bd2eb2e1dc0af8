-- Needs care: stop processes of the version before, which cannot write mails on this schema.
ALTER TABLE "notifications" ADD COLUMN "mailed_at" timestamp with time zone;