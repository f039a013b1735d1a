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
ALTER TABLE "listing" DROP CONSTRAINT "listing_term";--> statement-breakpoint
ALTER TABLE "listing_version" ALTER COLUMN "load_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "listing" ADD COLUMN "competent_court" text;--> statement-breakpoint
CREATE INDEX "exception_window_listing" ON "exception_window" USING btree ("listing_id");--> statement-breakpoint
CREATE INDEX "exception_window_open" ON "exception_window" USING btree ("subject_id","ends_on") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "listing_exit_open" ON "listing_exit" USING btree ("court","listing_id") WHERE needs_second_look and second_look_at is null or was_public and shielded_on is null;--> statement-breakpoint
CREATE INDEX "listing_exit_limit" ON "listing_exit" USING btree ("limit_to_lift") WHERE limit_to_lift is not null;--> statement-breakpoint
CREATE INDEX "proceeding_form" ON "proceeding" USING btree ("form_id");--> statement-breakpoint
CREATE INDEX "listing_competent" ON "listing" USING btree (coalesce("competent_court", "court_code"),"id");--> statement-breakpoint
CREATE INDEX "listing_unpublished" ON "listing" USING btree ("subject_id") WHERE state in ('draft', 'decided', 'grace');--> statement-breakpoint
ALTER TABLE "listing" ADD CONSTRAINT "listing_term" CHECK ("listing"."state" <> 'published' or "listing"."term_kind" <> 'fixed' or "listing"."term_ends_on" is not null);