CREATE TABLE "agency" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"state" text DEFAULT 'active' NOT NULL,
	"liaison" text,
	"deputy_liaison" text,
	"agreement_number" text,
	"agreement_from" date,
	"agreement_until" date,
	"parent_system" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agency_state" CHECK ("agency"."state" in ('active', 'suspended')),
	CONSTRAINT "agency_agreement_dates" CHECK ("agency"."agreement_until" >= "agency"."agreement_from")
);
--> statement-breakpoint
CREATE TABLE "agency_purpose" (
	"agency_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date,
	CONSTRAINT "agency_purpose_agency_id_purpose_pk" PRIMARY KEY("agency_id","purpose"),
	CONSTRAINT "agency_purpose_dates" CHECK ("agency_purpose"."valid_until" >= "agency_purpose"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "api_key" (
	"id" text PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"digest" "bytea" NOT NULL,
	"scopes" text[] NOT NULL,
	"note" text,
	"not_before" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_entry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"reason" text,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "check_record" (
	"id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"key_id" text NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	"purpose" text NOT NULL,
	"case_reference" text NOT NULL,
	"operator" text NOT NULL,
	"role" text NOT NULL,
	"lists" text[] NOT NULL,
	"outcome" text NOT NULL,
	"matches" jsonb,
	"register_position" bigint NOT NULL,
	"matcher_version" smallint NOT NULL,
	"document_kind" text NOT NULL,
	"subject_index" "bytea" NOT NULL,
	"subject_sealed" "bytea" NOT NULL,
	"organisation_name" text,
	"reference" text,
	"on_behalf_of" text,
	"batch_id" uuid,
	"previous_check_id" uuid,
	CONSTRAINT "check_record_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "check_record_outcome" CHECK (("check_record"."outcome" = 'clear') = ("check_record"."matches" is null))
);
--> statement-breakpoint
CREATE TABLE "load" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"mode" text NOT NULL,
	"state" text NOT NULL,
	"file_name" text NOT NULL,
	"file_sha256" "bytea",
	"expected_rows" integer,
	"as_of" timestamp with time zone NOT NULL,
	"counts" jsonb,
	"failure" text,
	"actor" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "load_state" CHECK ("load"."state" in ('receiving', 'validating', 'activated', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "key_fingerprint" (
	"number" integer NOT NULL,
	"use" text NOT NULL,
	"algorithm" text NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"first_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "key_fingerprint_use_number_pk" PRIMARY KEY("use","number")
);
--> statement-breakpoint
CREATE TABLE "listing" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject_id" uuid NOT NULL,
	"list" text NOT NULL,
	"capacity" text DEFAULT 'debtor' NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"source" text NOT NULL,
	"natural_key" uuid NOT NULL,
	"content_hash" uuid NOT NULL,
	"name" text NOT NULL,
	"name_keys" text[] NOT NULL,
	"sex" text,
	"age_at_publication" integer,
	"court_code" text,
	"court_name" text NOT NULL,
	"handler" text,
	"area_name" text,
	"case_number_raw" text NOT NULL,
	"case_number" text NOT NULL,
	"title_document" text,
	"title_maker" text,
	"grounds" text[] NOT NULL,
	"grounds_raw" text,
	"obligation" text,
	"performance" text,
	"performed_part" text,
	"unperformed_part" text,
	"legal_representative" text,
	"officers" jsonb,
	"filed_on" date,
	"decided_on" date,
	"effective_on" date,
	"published_on" date,
	"term_kind" text NOT NULL,
	"term_runs_from" text,
	"term_ends_on" date,
	"answers_until" date,
	"under_objection" boolean DEFAULT false NOT NULL,
	"exit_operation" text,
	"exit_reason" text,
	"ended_by" text,
	"ended_at" timestamp with time zone,
	"load_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "listing_ended" CHECK (("listing"."ended_at" is null) = ("listing"."state" not in ('ended', 'lapsed'))),
	CONSTRAINT "listing_published_on" CHECK ("listing"."state" <> 'published' or "listing"."published_on" is not null),
	CONSTRAINT "listing_term" CHECK ("listing"."term_kind" <> 'fixed' or "listing"."term_ends_on" is not null)
);
--> statement-breakpoint
CREATE TABLE "listing_change" (
	"position" bigint PRIMARY KEY NOT NULL,
	"listing_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "register_state" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"position" bigint NOT NULL,
	CONSTRAINT "register_state_one" CHECK ("register_state"."one")
);
--> statement-breakpoint
CREATE TABLE "subject" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document" (
	"blind_index" "bytea" PRIMARY KEY NOT NULL,
	"subject_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"masked" text NOT NULL,
	"number_sealed" "bytea",
	"valid_from" date,
	"valid_until" date,
	"source" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "agency_purpose" ADD CONSTRAINT "agency_purpose_agency_id_agency_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agency"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_agency_id_agency_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agency"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "agency_name" ON "agency" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "api_key_digest" ON "api_key" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "api_key_agency" ON "api_key" USING btree ("agency_id");--> statement-breakpoint
CREATE INDEX "audit_entry_subject" ON "audit_entry" USING btree ("subject","id");--> statement-breakpoint
CREATE INDEX "load_source" ON "load" USING btree ("source","id");--> statement-breakpoint
CREATE INDEX "listing_published" ON "listing" USING btree ("subject_id") WHERE state = 'published';--> statement-breakpoint
CREATE UNIQUE INDEX "listing_live_key" ON "listing" USING btree ("natural_key") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "listing_ended_key" ON "listing" USING btree ("natural_key") WHERE ended_at is not null;--> statement-breakpoint
CREATE INDEX "document_subject" ON "document" USING btree ("subject_id");