CREATE TABLE "assessment_rules" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "assessment_rules_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"applies_from" text NOT NULL,
	"rules" jsonb NOT NULL,
	"imported_by" text NOT NULL,
	"imported_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "closed_day" (
	"day" date PRIMARY KEY NOT NULL,
	"calendar_version" text NOT NULL,
	"closed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "day_figure" (
	"scope" text NOT NULL,
	"figure" text NOT NULL,
	"part" text NOT NULL,
	"body" text NOT NULL,
	"day" date NOT NULL,
	"value" bigint NOT NULL,
	CONSTRAINT "day_figure_scope_figure_part_body_day_pk" PRIMARY KEY("scope","figure","part","body","day")
);
--> statement-breakpoint
CREATE TABLE "lift_obligation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sanction_id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"listing_id" uuid NOT NULL,
	"court" text,
	"arose_at" timestamp with time zone NOT NULL,
	"noted_on" date NOT NULL,
	"due_on" date,
	"state" text NOT NULL,
	"cancelled_by" uuid,
	"cancelled_at" timestamp with time zone,
	"closed_by" text,
	"closed_court" text,
	"closed_at" timestamp with time zone,
	"close_reason" text,
	CONSTRAINT "lift_obligation_cancelled" CHECK (("lift_obligation"."state" = 'cancelled') = ("lift_obligation"."cancelled_by" is not null)),
	CONSTRAINT "lift_obligation_closed" CHECK (("lift_obligation"."state" = 'closed') = ("lift_obligation"."close_reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "lifting_day" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"day" date NOT NULL,
	"after" uuid,
	CONSTRAINT "lifting_day_one" CHECK ("lifting_day"."one")
);
--> statement-breakpoint
CREATE TABLE "past_refusal_review" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sanction_id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"listing_id" uuid NOT NULL,
	"court" text,
	"cause" text NOT NULL,
	"noted_on" date NOT NULL,
	"due_on" date,
	"outcome" text,
	"reviewed_on" date,
	"reviewed_at" timestamp with time zone,
	"operator" text,
	"key_id" text,
	"document" text,
	"note" text,
	CONSTRAINT "past_refusal_review_done" CHECK (("past_refusal_review"."outcome" is null) = ("past_refusal_review"."reviewed_on" is null))
);
--> statement-breakpoint
CREATE TABLE "reapplication" (
	"sanction_id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"opened_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sanction" ADD COLUMN "register_position" bigint NOT NULL;--> statement-breakpoint
ALTER TABLE "sanction_listing" ADD COLUMN "name_keys" text[] NOT NULL;--> statement-breakpoint
CREATE INDEX "day_figure_day" ON "day_figure" USING btree ("day");--> statement-breakpoint
CREATE UNIQUE INDEX "lift_obligation_loss" ON "lift_obligation" USING btree ("sanction_id","arose_at");--> statement-breakpoint
CREATE UNIQUE INDEX "lift_obligation_open" ON "lift_obligation" USING btree ("sanction_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "lift_obligation_agency" ON "lift_obligation" USING btree ("agency_id","id");--> statement-breakpoint
CREATE INDEX "lift_obligation_court" ON "lift_obligation" USING btree ("court","id");--> statement-breakpoint
CREATE INDEX "lift_obligation_due" ON "lift_obligation" USING btree ("due_on") WHERE state = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "past_refusal_review_sanction" ON "past_refusal_review" USING btree ("sanction_id");--> statement-breakpoint
CREATE INDEX "past_refusal_review_agency" ON "past_refusal_review" USING btree ("agency_id","id");--> statement-breakpoint
CREATE INDEX "past_refusal_review_due" ON "past_refusal_review" USING btree ("due_on") WHERE outcome is null;--> statement-breakpoint
CREATE INDEX "listing_ended_subject" ON "listing" USING btree ("subject_id") WHERE state = 'ended';--> statement-breakpoint
CREATE INDEX "sanction_active" ON "sanction" USING btree ("id") WHERE state = 'active';