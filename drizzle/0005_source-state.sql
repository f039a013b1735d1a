CREATE TABLE "source_state" (
	"source" text PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL,
	"rows" integer NOT NULL,
	"keys" numeric NOT NULL,
	"contents" numeric NOT NULL
);
--> statement-breakpoint
ALTER TABLE "listing_change" ADD COLUMN "source" text;