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
ALTER TABLE "check_record" ADD COLUMN "action" text;--> statement-breakpoint
ALTER TABLE "check_record" ADD COLUMN "measures" jsonb;--> statement-breakpoint
ALTER TABLE "agency_measure" ADD CONSTRAINT "agency_measure_agency_id_agency_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agency"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "agency_measure_switched_on" ON "agency_measure" USING btree ("agency_id","code") WHERE credit_approval is not null and court_approval is not null and withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "agency_measure_agency" ON "agency_measure" USING btree ("agency_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "catalogue_edition_active" ON "catalogue_edition" USING btree ("active") WHERE "catalogue_edition"."active";