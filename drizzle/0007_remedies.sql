CREATE TABLE "objection" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"ground" text NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"list" text NOT NULL,
	"listing_id" uuid,
	"court_code" text NOT NULL,
	"case_number" text NOT NULL,
	"channel" text NOT NULL,
	"applicant" text NOT NULL,
	"application_sealed" "bytea" NOT NULL,
	"taken_in_on" date NOT NULL,
	"received_on" date,
	"taken_in_by" text,
	"reviewed_by" text,
	"reviewed_at" timestamp with time zone,
	"reasons" text,
	"correction" jsonb,
	"paper_number" text,
	"paper_dated_on" date,
	"paper_sha256" "bytea",
	"served_on" date,
	"served_how" text,
	"corrected_by" text,
	"corrected_at" timestamp with time zone,
	CONSTRAINT "objection_listing" CHECK ("objection"."listing_id" is not null or "objection"."state" in ('unverified', 'closed')),
	CONSTRAINT "objection_received" CHECK ("objection"."received_on" is not null or "objection"."state" in ('unverified', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "paper" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"court" text NOT NULL,
	"number" text NOT NULL,
	"dated_on" date NOT NULL,
	"subject" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"printed_by" text NOT NULL,
	"printed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "party_code" (
	"digest" "bytea" PRIMARY KEY NOT NULL,
	"subject_id" uuid NOT NULL,
	"court_code" text NOT NULL,
	"issued_by" text NOT NULL,
	"issued_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "reconsideration" (
	"objection_id" uuid PRIMARY KEY NOT NULL,
	"court_code" text NOT NULL,
	"filed_on" date NOT NULL,
	"received_on" date NOT NULL,
	"taken_in_by" text NOT NULL,
	"outcome" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"reasons" text,
	"paper_number" text,
	"paper_dated_on" date,
	"paper_sha256" "bytea"
);
--> statement-breakpoint
ALTER TABLE "clock" ADD COLUMN "matter" text;--> statement-breakpoint
CREATE UNIQUE INDEX "objection_running" ON "objection" USING btree ("listing_id","kind") WHERE state in ('under_review', 'upheld', 'under_reconsideration');--> statement-breakpoint
CREATE INDEX "objection_listing" ON "objection" USING btree ("listing_id");--> statement-breakpoint
CREATE UNIQUE INDEX "paper_number" ON "paper" USING btree ("court","number");--> statement-breakpoint
CREATE INDEX "paper_subject" ON "paper" USING btree ("subject","id");--> statement-breakpoint
CREATE UNIQUE INDEX "party_code_live" ON "party_code" USING btree ("subject_id","court_code") WHERE revoked_at is null;--> statement-breakpoint
CREATE INDEX "check_record_subject" ON "check_record" USING brin ("subject_index" bytea_bloom_ops (n_distinct_per_range = 1000, false_positive_rate = 0.001)) WITH (pages_per_range=32,autosummarize=true);--> statement-breakpoint
CREATE INDEX "clock_matter" ON "clock" USING btree ("matter") WHERE stopped_at is null and matter is not null;