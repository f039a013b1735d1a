CREATE TABLE "agency_measure" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"code" text NOT NULL,
	"title" text NOT NULL,
	"effect" text NOT NULL,
	"decision" text NOT NULL,
	"purposes" text[] NOT NULL,
	"lists" text[] NOT NULL,
	"roles" text[] NOT NULL,
	"subject_kinds" text[] NOT NULL,
	"conditions" text[] NOT NULL,
	"legal_basis" text NOT NULL,
	"article" text NOT NULL,
	"edition" text,
	"basic_list_edition" text,
	"basic_list_item" text,
	"regulation" jsonb,
	"human_desk" text,
	"valid_from" date NOT NULL,
	"valid_until" date,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"credit_approval" jsonb,
	"court_approval" jsonb,
	"withdrawn_by" text,
	"withdrawn_at" timestamp with time zone,
	"withdrawal_reason" text,
	CONSTRAINT "agency_measure_dates" CHECK ("agency_measure"."valid_until" >= "agency_measure"."valid_from"),
	CONSTRAINT "agency_measure_basis" CHECK (num_nonnulls("agency_measure"."edition", "agency_measure"."regulation") = 1),
	CONSTRAINT "agency_measure_basic_list" CHECK (num_nonnulls("agency_measure"."edition", "agency_measure"."basic_list_edition", "agency_measure"."basic_list_item") in (0, 3)),
	CONSTRAINT "agency_measure_desk" CHECK (("agency_measure"."decision" = 'first_stop') = ("agency_measure"."human_desk" is not null)),
	CONSTRAINT "agency_measure_withdrawal" CHECK (num_nonnulls("agency_measure"."withdrawn_by", "agency_measure"."withdrawn_at", "agency_measure"."withdrawal_reason") in (0, 3))
);
--> statement-breakpoint
CREATE TABLE "catalogue_edition" (
	"name" text PRIMARY KEY NOT NULL,
	"content" jsonb NOT NULL,
	"active" boolean NOT NULL,
	"imported_by" text NOT NULL,
	"imported_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bulk_check" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"key_id" text NOT NULL,
	"purpose" text NOT NULL,
	"case_reference" text NOT NULL,
	"operator" text NOT NULL,
	"form" text NOT NULL,
	"is_packed" boolean NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"total" integer,
	"done" integer DEFAULT 0 NOT NULL,
	"listed" integer DEFAULT 0 NOT NULL,
	"review" integer DEFAULT 0 NOT NULL,
	"clear" integer DEFAULT 0 NOT NULL,
	"invalid" integer DEFAULT 0 NOT NULL,
	"result_bytes" bigint DEFAULT 0 NOT NULL,
	"last_check_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"problem" text,
	"cancel_requested" boolean DEFAULT false NOT NULL,
	"lease" uuid,
	"leased_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "feedback_task" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"subject_index" "bytea" NOT NULL,
	"purpose" text NOT NULL,
	"case_reference" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"due_on" date,
	"checks" integer NOT NULL,
	"first_check_id" uuid NOT NULL,
	"last_check_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hit" (
	"listing_id" uuid NOT NULL,
	"check_id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"grade" text NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "hit_listing_id_check_id_pk" PRIMARY KEY("listing_id","check_id")
);
--> statement-breakpoint
CREATE TABLE "event" (
	"position" bigint PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"agency_id" uuid NOT NULL,
	"type" text NOT NULL,
	"order_key" text NOT NULL,
	"data" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "event_state" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"position" bigint NOT NULL,
	CONSTRAINT "event_state_one" CHECK ("event_state"."one")
);
--> statement-breakpoint
CREATE TABLE "register_follower" (
	"name" text PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "check_record" ADD COLUMN "action" text;--> statement-breakpoint
ALTER TABLE "check_record" ADD COLUMN "measures" jsonb;--> statement-breakpoint
ALTER TABLE "agency_measure" ADD CONSTRAINT "agency_measure_agency_id_agency_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agency"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "agency_measure_switched_on" ON "agency_measure" USING btree ("agency_id","code") WHERE credit_approval is not null and court_approval is not null and withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "agency_measure_agency" ON "agency_measure" USING btree ("agency_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "catalogue_edition_active" ON "catalogue_edition" USING btree ("active") WHERE "catalogue_edition"."active";--> statement-breakpoint
CREATE INDEX "bulk_check_agency" ON "bulk_check" USING btree ("agency_id","id");--> statement-breakpoint
CREATE INDEX "bulk_check_open" ON "bulk_check" USING btree ("id") WHERE state in ('queued', 'running');--> statement-breakpoint
CREATE UNIQUE INDEX "feedback_task_matter" ON "feedback_task" USING btree ("agency_id","subject_index","purpose","case_reference");--> statement-breakpoint
CREATE INDEX "event_agency" ON "event" USING btree ("agency_id","position");