CREATE TABLE "feed_source" (
	"name" text PRIMARY KEY NOT NULL,
	"scope" text NOT NULL,
	"scope_code" text,
	"precedence" integer NOT NULL,
	"activation" text DEFAULT 'automatic' NOT NULL,
	"agency_id" uuid,
	"gates" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "feed_source_scope" CHECK ("feed_source"."scope" in ('national', 'province', 'city', 'court')),
	CONSTRAINT "feed_source_activation" CHECK ("feed_source"."activation" in ('automatic', 'manual'))
);
--> statement-breakpoint
CREATE TABLE "load_difference" (
	"load_id" uuid NOT NULL,
	"court" text NOT NULL,
	"outcome" text NOT NULL,
	"rows" integer NOT NULL,
	CONSTRAINT "load_difference_load_id_court_outcome_pk" PRIMARY KEY("load_id","court","outcome")
);
--> statement-breakpoint
CREATE TABLE "load_exception" (
	"load_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"listing_id" uuid NOT NULL,
	CONSTRAINT "load_exception_load_id_kind_listing_id_pk" PRIMARY KEY("load_id","kind","listing_id")
);
--> statement-breakpoint
CREATE TABLE "listing_court" (
	"court" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "listing_source" (
	"listing_id" uuid NOT NULL,
	"source" text NOT NULL,
	"content_hash" uuid NOT NULL,
	"load_id" uuid NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "listing_source_listing_id_source_pk" PRIMARY KEY("listing_id","source")
);
--> statement-breakpoint
CREATE TABLE "listing_source_version" (
	"load_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"source" text NOT NULL,
	"content_hash" uuid NOT NULL,
	"named_by" uuid NOT NULL,
	"since" timestamp with time zone NOT NULL,
	CONSTRAINT "listing_source_version_load_id_listing_id_source_pk" PRIMARY KEY("load_id","listing_id","source")
);
--> statement-breakpoint
CREATE TABLE "listing_version" (
	"listing_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"load_id" uuid NOT NULL,
	"source" text NOT NULL,
	"content_hash" uuid NOT NULL,
	"content" jsonb NOT NULL,
	"replaced_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone" boolean DEFAULT false NOT NULL,
	CONSTRAINT "listing_version_listing_id_version_pk" PRIMARY KEY("listing_id","version")
);
--> statement-breakpoint
ALTER TABLE "load" DROP CONSTRAINT "load_state";--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "sequence" integer;--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "base_state" text;--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "state_hash" text;--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "live_rows" integer;--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "upload_bytes" bigint;--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "upload_sha256" "bytea";--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "upload_seen_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "received_bytes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "import_attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "progress" jsonb;--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "gates" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "timings" jsonb;--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "decided_by" text;--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "decided_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "rolled_back_by" text;--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "rolled_back_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "position_before" bigint;--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "position_after" bigint;--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "rollback_before" bigint;--> statement-breakpoint
ALTER TABLE "load" ADD COLUMN "rollback_after" bigint;--> statement-breakpoint
ALTER TABLE "listing" ADD COLUMN "extra" jsonb;--> statement-breakpoint
CREATE INDEX "listing_source_source" ON "listing_source" USING btree ("source","listing_id");--> statement-breakpoint
CREATE INDEX "listing_version_load" ON "listing_version" USING btree ("load_id");--> statement-breakpoint
CREATE INDEX "document_masked" ON "document" USING btree ("blind_index") WHERE number_sealed is null;--> statement-breakpoint
ALTER TABLE "load" ADD CONSTRAINT "load_state" CHECK ("load"."state" in ('receiving', 'validating', 'held', 'ready', 'activated', 'rolled_back', 'discarded', 'failed'));--> statement-breakpoint
-- The courts of a register that was filled before they were kept apart.
INSERT INTO "listing_court" ("court") SELECT DISTINCT coalesce("court_code", "court_name") FROM "listing";
