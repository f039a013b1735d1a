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
ALTER TABLE "account" ADD CONSTRAINT "account_court_code_court_code_fk" FOREIGN KEY ("court_code") REFERENCES "public"."court"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_agency_id_agency_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agency"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "court" ADD CONSTRAINT "court_higher_code_court_code_fk" FOREIGN KEY ("higher_code") REFERENCES "public"."court"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "court" ADD CONSTRAINT "court_successor_code_court_code_fk" FOREIGN KEY ("successor_code") REFERENCES "public"."court"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "court_key" ADD CONSTRAINT "court_key_court_code_court_code_fk" FOREIGN KEY ("court_code") REFERENCES "public"."court"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "court_name" ADD CONSTRAINT "court_name_court_code_court_code_fk" FOREIGN KEY ("court_code") REFERENCES "public"."court"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "account_login" ON "account" USING btree ("login");--> statement-breakpoint
CREATE UNIQUE INDEX "account_enrolment" ON "account" USING btree ("enrolment_digest");--> statement-breakpoint
CREATE INDEX "account_court" ON "account" USING btree ("court_code");--> statement-breakpoint
CREATE INDEX "account_agency" ON "account" USING btree ("agency_id");--> statement-breakpoint
CREATE INDEX "court_higher" ON "court" USING btree ("higher_code");--> statement-breakpoint
CREATE INDEX "court_successor" ON "court" USING btree ("successor_code");--> statement-breakpoint
CREATE UNIQUE INDEX "court_key_digest" ON "court_key" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "court_key_court" ON "court_key" USING btree ("court_code");--> statement-breakpoint
CREATE INDEX "court_name_name" ON "court_name" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "court_name_current" ON "court_name" USING btree ("court_code") WHERE "court_name"."is_official" and "court_name"."valid_until" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "session_digest" ON "session" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "session_open" ON "session" USING btree ("account_id") WHERE "session"."ended_at" is null;