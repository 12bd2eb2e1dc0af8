CREATE TABLE "html_versions" (
	"version" integer PRIMARY KEY NOT NULL,
	"begun_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
