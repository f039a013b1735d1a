CREATE TABLE "log_cosignature" (
	"witness" text NOT NULL,
	"size" bigint NOT NULL,
	"line" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "log_cosignature_witness_size_pk" PRIMARY KEY("witness","size")
);
--> statement-breakpoint
CREATE TABLE "certificate" (
	"code_digest" "bytea" PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"issued_at" timestamp with time zone DEFAULT now() NOT NULL,
	"issued_by" text NOT NULL,
	CONSTRAINT "certificate_kind" CHECK ("certificate"."kind" in ('check', 'batch'))
);
--> statement-breakpoint
CREATE TABLE "account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"login" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"court_code" text,
	"agency_id" uuid,
	"disabled_at" timestamp with time zone,
	"delegated_from" date,
	"delegated_until" date,
	"delegation_document" text,
	"enrolment_digest" "bytea",
	"enrolment_expires_at" timestamp with time zone,
	"password_hash" text,
	"totp_secret" "bytea",
	"totp_step" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_role" CHECK ("account"."role" in ('clerk', 'judge', 'president', 'auditor', 'system_admin', 'security_admin', 'credit_authority', 'assessor', 'agency_officer', 'agency_liaison')),
	CONSTRAINT "account_place" CHECK (case when "account"."role" in ('credit_authority', 'assessor', 'agency_officer', 'agency_liaison')
        then "account"."agency_id" is not null and "account"."court_code" is null
        else "account"."court_code" is not null and "account"."agency_id" is null end),
	CONSTRAINT "account_delegation" CHECK (num_nulls("account"."delegated_from", "account"."delegated_until", "account"."delegation_document") in (0, 3)),
	CONSTRAINT "account_delegation_dates" CHECK ("account"."delegated_until" >= "account"."delegated_from"),
	CONSTRAINT "account_delegate" CHECK ("account"."delegated_from" is null or "account"."role" = 'judge'),
	CONSTRAINT "account_factors" CHECK (("account"."password_hash" is null) = ("account"."totp_secret" is null))
);
--> statement-breakpoint
CREATE TABLE "clock" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"matter" text,
	"court" text NOT NULL,
	"started_on" date NOT NULL,
	"due_on" date,
	"calendar_version" text,
	"stopped_at" timestamp with time zone,
	CONSTRAINT "clock_stated" CHECK ("clock"."due_on" is not null or "clock"."calendar_version" is not null)
);
--> statement-breakpoint
CREATE TABLE "court" (
	"code" text PRIMARY KEY NOT NULL,
	"level" text NOT NULL,
	"region" text,
	"higher_code" text,
	"valid_from" date,
	"valid_until" date,
	"successor_code" text,
	CONSTRAINT "court_level" CHECK ("court"."level" in ('supreme', 'high', 'intermediate', 'basic', 'special')),
	CONSTRAINT "court_dates" CHECK ("court"."valid_until" >= "court"."valid_from"),
	CONSTRAINT "court_higher_code" CHECK (("court"."higher_code" is null) = ("court"."level" = 'supreme')),
	CONSTRAINT "court_successor_code" CHECK ("court"."successor_code" is null or "court"."valid_until" is not null)
);
--> statement-breakpoint
CREATE TABLE "court_key" (
	"id" text PRIMARY KEY NOT NULL,
	"court_code" text NOT NULL,
	"digest" "bytea" NOT NULL,
	"scopes" text[] NOT NULL,
	"note" text,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "court_name" (
	"court_code" text NOT NULL,
	"name" text NOT NULL,
	"is_official" boolean DEFAULT true NOT NULL,
	"valid_from" date,
	"valid_until" date,
	CONSTRAINT "court_name_court_code_name_pk" PRIMARY KEY("court_code","name"),
	CONSTRAINT "court_name_dates" CHECK ("court_name"."valid_until" >= "court_name"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "holiday_notice" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "holiday_notice_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"year" integer NOT NULL,
	"notice" jsonb NOT NULL,
	"imported_by" text NOT NULL,
	"imported_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recovery_code" (
	"account_id" uuid NOT NULL,
	"digest" "bytea" NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "recovery_code_account_id_digest_pk" PRIMARY KEY("account_id","digest")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"digest" "bytea" NOT NULL,
	"user_agent" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sign_in_pause" (
	"digest" "bytea" PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"failed_at" timestamp with time zone NOT NULL,
	"paused_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exception_window" (
	"id" uuid PRIMARY KEY NOT NULL,
	"listing_id" uuid NOT NULL,
	"subject_id" uuid NOT NULL,
	"measures" text[] NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"opened_by" text NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_by" text,
	"closed_at" timestamp with time zone,
	CONSTRAINT "exception_window_days" CHECK ("exception_window"."starts_on" <= "exception_window"."ends_on")
);
--> statement-breakpoint
CREATE TABLE "listing_exit" (
	"listing_id" uuid PRIMARY KEY NOT NULL,
	"court" text,
	"operation" text NOT NULL,
	"reason_arose_on" date NOT NULL,
	"reached_court_on" date NOT NULL,
	"searches" integer,
	"creditor_barred_until" date,
	"limit_to_lift" uuid,
	"needs_second_look" boolean NOT NULL,
	"second_look_by" text,
	"second_look_at" timestamp with time zone,
	"finding" text,
	"shielded_on" date,
	"shielded_by" text,
	"was_public" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proceeding" (
	"listing_id" uuid PRIMARY KEY NOT NULL,
	"form_id" uuid NOT NULL,
	"drafted_by" text[] NOT NULL,
	"initiated_by" text NOT NULL,
	"received_on" date NOT NULL,
	"notice_ends_on" date NOT NULL,
	"warned" boolean NOT NULL,
	"performed" boolean DEFAULT false NOT NULL,
	"birth_on" date,
	"ground_arose_on" date,
	"checklist" jsonb,
	"term" jsonb,
	"unit_limit_id" uuid,
	"decision_number" text,
	"decision_paper" "bytea",
	"decided_by" text,
	"decided_as" text,
	"served_on" date,
	"served_how" text,
	"grace_ends_on" date,
	"unperformed_on" date
);
--> statement-breakpoint
CREATE TABLE "source_state" (
	"source" text PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL,
	"rows" integer NOT NULL,
	"keys" numeric NOT NULL,
	"contents" numeric NOT NULL
);
--> statement-breakpoint
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
ALTER TABLE "listing" DROP CONSTRAINT "listing_term";--> statement-breakpoint
ALTER TABLE "listing_version" ALTER COLUMN "load_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "log_state" ADD COLUMN "quorum" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "log_state" ADD COLUMN "witnessed_size" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "listing" ADD COLUMN "competent_court" text;--> statement-breakpoint
ALTER TABLE "listing_change" ADD COLUMN "version" integer;--> statement-breakpoint
ALTER TABLE "listing_change" ADD COLUMN "source" text;--> statement-breakpoint
ALTER TABLE "listing_change" ADD COLUMN "state" text;--> statement-breakpoint
ALTER TABLE "listing_change" ADD COLUMN "under_objection" boolean;--> statement-breakpoint
ALTER TABLE "listing_change" ADD COLUMN "natural_key" uuid;--> statement-breakpoint
ALTER TABLE "listing_change" ADD COLUMN "content_hash" uuid;--> statement-breakpoint
ALTER TABLE "listing_change" ADD COLUMN "salt" uuid;--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_court_code_court_code_fk" FOREIGN KEY ("court_code") REFERENCES "public"."court"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_agency_id_agency_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agency"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "court" ADD CONSTRAINT "court_higher_code_court_code_fk" FOREIGN KEY ("higher_code") REFERENCES "public"."court"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "court" ADD CONSTRAINT "court_successor_code_court_code_fk" FOREIGN KEY ("successor_code") REFERENCES "public"."court"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "court_key" ADD CONSTRAINT "court_key_court_code_court_code_fk" FOREIGN KEY ("court_code") REFERENCES "public"."court"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "court_name" ADD CONSTRAINT "court_name_court_code_court_code_fk" FOREIGN KEY ("court_code") REFERENCES "public"."court"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "log_cosignature_size" ON "log_cosignature" USING btree ("size");--> statement-breakpoint
CREATE UNIQUE INDEX "account_login" ON "account" USING btree ("login");--> statement-breakpoint
CREATE UNIQUE INDEX "account_enrolment" ON "account" USING btree ("enrolment_digest");--> statement-breakpoint
CREATE INDEX "account_court" ON "account" USING btree ("court_code");--> statement-breakpoint
CREATE INDEX "account_agency" ON "account" USING btree ("agency_id");--> statement-breakpoint
CREATE UNIQUE INDEX "clock_running" ON "clock" USING btree ("subject","kind") WHERE stopped_at is null;--> statement-breakpoint
CREATE INDEX "clock_due" ON "clock" USING btree ("court","due_on","id") WHERE stopped_at is null;--> statement-breakpoint
CREATE INDEX "clock_subject" ON "clock" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "clock_matter" ON "clock" USING btree ("matter") WHERE stopped_at is null and matter is not null;--> statement-breakpoint
CREATE INDEX "court_higher" ON "court" USING btree ("higher_code");--> statement-breakpoint
CREATE INDEX "court_successor" ON "court" USING btree ("successor_code");--> statement-breakpoint
CREATE UNIQUE INDEX "court_key_digest" ON "court_key" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "court_key_court" ON "court_key" USING btree ("court_code");--> statement-breakpoint
CREATE INDEX "court_name_name" ON "court_name" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "court_name_current" ON "court_name" USING btree ("court_code") WHERE "court_name"."is_official" and "court_name"."valid_until" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "session_digest" ON "session" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "session_open" ON "session" USING btree ("account_id") WHERE "session"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "exception_window_listing" ON "exception_window" USING btree ("listing_id");--> statement-breakpoint
CREATE INDEX "exception_window_open" ON "exception_window" USING btree ("subject_id","ends_on") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "listing_exit_open" ON "listing_exit" USING btree ("court","listing_id") WHERE needs_second_look and second_look_at is null or was_public and shielded_on is null;--> statement-breakpoint
CREATE INDEX "listing_exit_limit" ON "listing_exit" USING btree ("limit_to_lift") WHERE limit_to_lift is not null;--> statement-breakpoint
CREATE INDEX "proceeding_form" ON "proceeding" USING btree ("form_id");--> statement-breakpoint
CREATE UNIQUE INDEX "objection_running" ON "objection" USING btree ("listing_id","kind") WHERE state in ('under_review', 'upheld', 'under_reconsideration');--> statement-breakpoint
CREATE INDEX "objection_listing" ON "objection" USING btree ("listing_id");--> statement-breakpoint
CREATE UNIQUE INDEX "paper_number" ON "paper" USING btree ("court","number");--> statement-breakpoint
CREATE INDEX "paper_subject" ON "paper" USING btree ("subject","id");--> statement-breakpoint
CREATE UNIQUE INDEX "party_code_live" ON "party_code" USING btree ("subject_id","court_code") WHERE revoked_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "log_group_first_row" ON "log_group" USING btree ("kind","first_row") WHERE first_row is not null;--> statement-breakpoint
CREATE INDEX "check_record_subject" ON "check_record" USING brin ("subject_index" bytea_bloom_ops (n_distinct_per_range = 1000, false_positive_rate = 0.001)) WITH (pages_per_range=32,autosummarize=true);--> statement-breakpoint
CREATE INDEX "listing_competent" ON "listing" USING btree (coalesce("competent_court", "court_code"),"id");--> statement-breakpoint
CREATE INDEX "listing_unpublished" ON "listing" USING btree ("subject_id") WHERE state in ('draft', 'decided', 'grace');--> statement-breakpoint
CREATE UNIQUE INDEX "listing_change_version" ON "listing_change" USING btree ("listing_id","version");--> statement-breakpoint
CREATE INDEX "listing_change_at" ON "listing_change" USING brin ("at") WITH (autosummarize=true);--> statement-breakpoint
ALTER TABLE "log_group" DROP COLUMN "salt";--> statement-breakpoint
ALTER TABLE "log_outbox" DROP COLUMN "salt";--> statement-breakpoint
ALTER TABLE "listing" ADD CONSTRAINT "listing_term" CHECK ("listing"."state" <> 'published' or "listing"."term_kind" <> 'fixed' or "listing"."term_ends_on" is not null);