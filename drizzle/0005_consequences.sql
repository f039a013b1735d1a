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
CREATE TABLE "security_key" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"credential_id" "bytea" NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"host" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "used_challenge" (
	"digest" "bytea" PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
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
	"pruned_through" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "event_state_one" CHECK ("event_state"."one")
);
--> statement-breakpoint
CREATE TABLE "identity_finding" (
	"id" uuid PRIMARY KEY NOT NULL,
	"blind_index" "bytea" NOT NULL,
	"listing_id" uuid NOT NULL,
	"finding" text NOT NULL,
	"court" text NOT NULL,
	"name_keys" text[],
	"added_to" uuid,
	"from_position" bigint NOT NULL,
	"until_position" bigint,
	CONSTRAINT "identity_finding_names" CHECK (("identity_finding"."finding" = 'same') = ("identity_finding"."name_keys" is not null)),
	CONSTRAINT "identity_finding_added" CHECK ("identity_finding"."finding" = 'same' or "identity_finding"."added_to" is null)
);
--> statement-breakpoint
CREATE TABLE "register_follower" (
	"name" text PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identity_asker" (
	"request_id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"check_id" uuid NOT NULL,
	"operator" text NOT NULL,
	"proofs" text[] NOT NULL,
	"note" text,
	"asked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "identity_asker_request_id_agency_id_pk" PRIMARY KEY("request_id","agency_id")
);
--> statement-breakpoint
CREATE TABLE "identity_request" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject_index" "bytea" NOT NULL,
	"listing_id" uuid NOT NULL,
	"grade" text NOT NULL,
	"document_kind" text NOT NULL,
	"party_sealed" "bytea" NOT NULL,
	"court" text NOT NULL,
	"via_liaison" boolean NOT NULL,
	"asked_on" date NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"finding" text,
	"reasons" text,
	"answered_by" text,
	"answered_at" timestamp with time zone,
	"revoked_by" text,
	"revoked_at" timestamp with time zone,
	"revocation_reason" text,
	"redress_digest" "bytea",
	CONSTRAINT "identity_request_answer" CHECK (num_nulls("identity_request"."finding", "identity_request"."reasons", "identity_request"."answered_by", "identity_request"."answered_at") in (0, 4)),
	CONSTRAINT "identity_request_revocation" CHECK (num_nulls("identity_request"."revoked_by", "identity_request"."revoked_at", "identity_request"."revocation_reason") = 3
        or num_nulls("identity_request"."revoked_by", "identity_request"."revoked_at", "identity_request"."revocation_reason") = 0 and "identity_request"."finding" in ('same', 'different')),
	CONSTRAINT "identity_request_redress_code" CHECK (("identity_request"."finding" is not distinct from 'different') = ("identity_request"."redress_digest" is not null))
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
CREATE TABLE "feedback" (
	"id" uuid PRIMARY KEY NOT NULL,
	"task_id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"check_id" uuid NOT NULL,
	"reason" text,
	"note" text,
	"operator" text NOT NULL,
	"key_id" text NOT NULL,
	"reported_at" timestamp with time zone NOT NULL,
	"content_hash" "bytea" NOT NULL,
	"former_sanctions" text,
	"superseded_by" uuid,
	CONSTRAINT "feedback_reason" CHECK (("feedback"."kind" = 'not_sanctioned') = ("feedback"."reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "sanction" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"task_id" uuid NOT NULL,
	"feedback_id" uuid NOT NULL,
	"check_id" uuid NOT NULL,
	"subject_index" "bytea" NOT NULL,
	"purpose" text NOT NULL,
	"lists" text[] NOT NULL,
	"measure" text NOT NULL,
	"title" text NOT NULL,
	"effect" text NOT NULL,
	"legal_basis" text NOT NULL,
	"conditions" text[] NOT NULL,
	"identity_proof" jsonb,
	"decision_number" text NOT NULL,
	"decision_dated_on" date NOT NULL,
	"officer" text NOT NULL,
	"notice_number" text,
	"notice_served_on" date,
	"notice_served_how" text,
	"notice_hearing" text,
	"notice_exception" text,
	"notice_exception_article" text,
	"duration" text NOT NULL,
	"imposed_on" date NOT NULL,
	"ends_on" date,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"register_position" bigint NOT NULL,
	"lifted_on" date,
	"lifted_by" text,
	"lifted_at" timestamp with time zone,
	"lift_document" text,
	"lift_reason" text,
	CONSTRAINT "sanction_once" CHECK (("sanction"."duration" = 'once') = ("sanction"."state" = 'completed') or "sanction"."state" = 'cancelled'),
	CONSTRAINT "sanction_until" CHECK (("sanction"."duration" = 'until') = ("sanction"."ends_on" is not null)),
	CONSTRAINT "sanction_lifted" CHECK (("sanction"."state" = 'lifted') = ("sanction"."lifted_on" is not null)),
	CONSTRAINT "sanction_notice" CHECK (("sanction"."notice_number" is null) = ("sanction"."notice_served_on" is null)),
	CONSTRAINT "sanction_refusal_told" CHECK ("sanction"."effect" not in ('restrict', 'prohibit', 'terminate_or_remove')
        or "sanction"."notice_number" is not null or "sanction"."notice_exception" is not null)
);
--> statement-breakpoint
CREATE TABLE "sanction_listing" (
	"sanction_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"grade" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"name_keys" text[] NOT NULL,
	CONSTRAINT "sanction_listing_sanction_id_listing_id_pk" PRIMARY KEY("sanction_id","listing_id")
);
--> statement-breakpoint
CREATE TABLE "notice" (
	"id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"position" bigint NOT NULL,
	"kind" text NOT NULL,
	"operation" text,
	"cause" text,
	"check_id" uuid,
	"told_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_on" date,
	"acknowledged_at" timestamp with time zone,
	"acknowledged_by" text,
	"superseded_by" bigint,
	CONSTRAINT "notice_agency_id_id_pk" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
CREATE TABLE "publication" (
	"id" uuid PRIMARY KEY NOT NULL,
	"listing_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"recipient" text NOT NULL,
	"agency_id" uuid,
	"published_on" date NOT NULL,
	"document" text,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "take_down_task" (
	"id" uuid PRIMARY KEY NOT NULL,
	"publication_id" uuid NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_on" date,
	"done_by" text,
	"done_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "watch" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"lists" text[] NOT NULL,
	"case_reference" text NOT NULL,
	"operator" text NOT NULL,
	"role" text NOT NULL,
	"reference" text,
	"document_kind" text NOT NULL,
	"subject_index" "bytea" NOT NULL,
	"subject_sealed" "bytea" NOT NULL,
	"name_keys" text[] NOT NULL,
	"expires_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_as" text
);
--> statement-breakpoint
CREATE TABLE "watch_match" (
	"watch_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "watch_match_watch_id_listing_id_pk" PRIMARY KEY("watch_id","listing_id")
);
--> statement-breakpoint
CREATE TABLE "webhook_attempt" (
	"delivery_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"ms" integer NOT NULL,
	"outcome" text NOT NULL,
	"status" integer,
	"reply" text,
	CONSTRAINT "webhook_attempt_delivery_id_number_pk" PRIMARY KEY("delivery_id","number")
);
--> statement-breakpoint
CREATE TABLE "webhook_delivery" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "webhook_delivery_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"endpoint_id" uuid NOT NULL,
	"position" bigint,
	"event_id" uuid NOT NULL,
	"event_at" timestamp with time zone NOT NULL,
	"type" text NOT NULL,
	"order_key" text NOT NULL,
	"data" jsonb NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"claim" uuid,
	"claimed_until" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "webhook_delivery_ended" CHECK (("webhook_delivery"."state" = 'pending') = ("webhook_delivery"."ended_at" is null)),
	CONSTRAINT "webhook_delivery_claim" CHECK (("webhook_delivery"."claim" is null) = ("webhook_delivery"."claimed_until" is null))
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoint" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"url" text NOT NULL,
	"description" text,
	"types" text[],
	"state" text DEFAULT 'enabled' NOT NULL,
	"disabled_by" text,
	"disabled_at" timestamp with time zone,
	"place" bigint NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"paused_until" timestamp with time zone,
	"is_slow" boolean DEFAULT false NOT NULL,
	"last_delivered_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "webhook_endpoint_disabled" CHECK (("webhook_endpoint"."state" = 'disabled') = ("webhook_endpoint"."disabled_by" is not null))
);
--> statement-breakpoint
CREATE TABLE "webhook_key" (
	"endpoint_id" uuid NOT NULL,
	"generation" integer NOT NULL,
	"sealed" "bytea" NOT NULL,
	"public_key" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	CONSTRAINT "webhook_key_endpoint_id_generation_pk" PRIMARY KEY("endpoint_id","generation")
);
--> statement-breakpoint
ALTER TABLE "check_record" ADD COLUMN "action" text;--> statement-breakpoint
ALTER TABLE "check_record" ADD COLUMN "measures" jsonb;--> statement-breakpoint
ALTER TABLE "agency_measure" ADD CONSTRAINT "agency_measure_agency_id_agency_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agency"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "security_key" ADD CONSTRAINT "security_key_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publication" ADD CONSTRAINT "publication_listing_id_listing_id_fk" FOREIGN KEY ("listing_id") REFERENCES "public"."listing"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publication" ADD CONSTRAINT "publication_agency_id_agency_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agency"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "take_down_task" ADD CONSTRAINT "take_down_task_publication_id_publication_id_fk" FOREIGN KEY ("publication_id") REFERENCES "public"."publication"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch" ADD CONSTRAINT "watch_agency_id_agency_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agency"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_match" ADD CONSTRAINT "watch_match_watch_id_watch_id_fk" FOREIGN KEY ("watch_id") REFERENCES "public"."watch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_attempt" ADD CONSTRAINT "webhook_attempt_delivery_id_webhook_delivery_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."webhook_delivery"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_endpoint_id_webhook_endpoint_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."webhook_endpoint"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_endpoint" ADD CONSTRAINT "webhook_endpoint_agency_id_agency_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agency"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_key" ADD CONSTRAINT "webhook_key_endpoint_id_webhook_endpoint_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."webhook_endpoint"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "agency_measure_switched_on" ON "agency_measure" USING btree ("agency_id","code") WHERE credit_approval is not null and court_approval is not null and withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "agency_measure_agency" ON "agency_measure" USING btree ("agency_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "catalogue_edition_active" ON "catalogue_edition" USING btree ("active") WHERE "catalogue_edition"."active";--> statement-breakpoint
CREATE INDEX "bulk_check_agency" ON "bulk_check" USING btree ("agency_id","id");--> statement-breakpoint
CREATE INDEX "bulk_check_open" ON "bulk_check" USING btree ("id") WHERE state in ('queued', 'running');--> statement-breakpoint
CREATE UNIQUE INDEX "feedback_task_matter" ON "feedback_task" USING btree ("agency_id","subject_index","purpose","case_reference");--> statement-breakpoint
CREATE INDEX "hit_check" ON "hit" USING btree ("check_id","listing_id");--> statement-breakpoint
CREATE UNIQUE INDEX "security_key_credential" ON "security_key" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "security_key_account" ON "security_key" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "event_agency" ON "event" USING btree ("agency_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "identity_finding_pair" ON "identity_finding" USING btree ("blind_index","listing_id") WHERE until_position is null;--> statement-breakpoint
CREATE INDEX "identity_finding_asked" ON "identity_finding" USING btree ("blind_index");--> statement-breakpoint
CREATE INDEX "identity_asker_agency" ON "identity_asker" USING btree ("agency_id","request_id");--> statement-breakpoint
CREATE UNIQUE INDEX "identity_request_open" ON "identity_request" USING btree ("subject_index","listing_id") WHERE finding is null;--> statement-breakpoint
CREATE INDEX "identity_request_pair" ON "identity_request" USING btree ("subject_index","listing_id","id");--> statement-breakpoint
CREATE INDEX "identity_request_court" ON "identity_request" USING btree ("court","id");--> statement-breakpoint
CREATE INDEX "identity_request_listing" ON "identity_request" USING btree ("listing_id");--> statement-breakpoint
CREATE UNIQUE INDEX "identity_request_redress" ON "identity_request" USING btree ("redress_digest") WHERE redress_digest is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "lift_obligation_loss" ON "lift_obligation" USING btree ("sanction_id","arose_at");--> statement-breakpoint
CREATE UNIQUE INDEX "lift_obligation_open" ON "lift_obligation" USING btree ("sanction_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "lift_obligation_agency" ON "lift_obligation" USING btree ("agency_id","id");--> statement-breakpoint
CREATE INDEX "lift_obligation_court" ON "lift_obligation" USING btree ("court","id");--> statement-breakpoint
CREATE INDEX "lift_obligation_due" ON "lift_obligation" USING btree ("due_on") WHERE state = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "past_refusal_review_sanction" ON "past_refusal_review" USING btree ("sanction_id");--> statement-breakpoint
CREATE INDEX "past_refusal_review_agency" ON "past_refusal_review" USING btree ("agency_id","id");--> statement-breakpoint
CREATE INDEX "past_refusal_review_due" ON "past_refusal_review" USING btree ("due_on") WHERE outcome is null;--> statement-breakpoint
CREATE UNIQUE INDEX "feedback_current" ON "feedback" USING btree ("task_id") WHERE superseded_by is null;--> statement-breakpoint
CREATE INDEX "feedback_task_history" ON "feedback" USING btree ("task_id","id");--> statement-breakpoint
CREATE INDEX "sanction_agency" ON "sanction" USING btree ("agency_id","id");--> statement-breakpoint
CREATE INDEX "sanction_task" ON "sanction" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "sanction_active_subject" ON "sanction" USING btree ("subject_index") WHERE state = 'active';--> statement-breakpoint
CREATE UNIQUE INDEX "sanction_active_measure" ON "sanction" USING btree ("task_id","measure") WHERE state = 'active';--> statement-breakpoint
CREATE INDEX "sanction_active" ON "sanction" USING btree ("id") WHERE state = 'active';--> statement-breakpoint
CREATE INDEX "sanction_ending" ON "sanction" USING btree ("ends_on") WHERE state = 'active' and ends_on is not null;--> statement-breakpoint
CREATE INDEX "sanction_listing_listing" ON "sanction_listing" USING btree ("listing_id");--> statement-breakpoint
CREATE UNIQUE INDEX "notice_change" ON "notice" USING btree ("position","listing_id","agency_id");--> statement-breakpoint
CREATE INDEX "notice_listing" ON "notice" USING btree ("listing_id","agency_id");--> statement-breakpoint
CREATE INDEX "notice_open" ON "notice" USING btree ("id") WHERE kind = 'ended' and acknowledged_at is null and superseded_by is null;--> statement-breakpoint
CREATE INDEX "publication_listing" ON "publication" USING btree ("listing_id");--> statement-breakpoint
CREATE UNIQUE INDEX "take_down_task_publication" ON "take_down_task" USING btree ("publication_id") WHERE cancelled_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "watch_live" ON "watch" USING btree ("subject_index","agency_id","purpose","case_reference") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "watch_agency" ON "watch" USING btree ("agency_id","id");--> statement-breakpoint
CREATE INDEX "watch_expiry" ON "watch" USING btree ("expires_on") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "watch_match_listing" ON "watch_match" USING btree ("listing_id");--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_delivery_event" ON "webhook_delivery" USING btree ("endpoint_id","position");--> statement-breakpoint
CREATE INDEX "webhook_delivery_pending" ON "webhook_delivery" USING btree ("endpoint_id","attempts" DESC NULLS LAST,"position") WHERE "webhook_delivery"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_delivery_order" ON "webhook_delivery" USING btree ("endpoint_id","order_key","position") WHERE "webhook_delivery"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_delivery_claimed" ON "webhook_delivery" USING btree ("endpoint_id") WHERE "webhook_delivery"."claim" is not null;--> statement-breakpoint
CREATE INDEX "webhook_delivery_log" ON "webhook_delivery" USING btree ("endpoint_id","sequence");--> statement-breakpoint
CREATE INDEX "webhook_delivery_over" ON "webhook_delivery" USING btree ("ended_at") WHERE "webhook_delivery"."ended_at" is not null;--> statement-breakpoint
CREATE INDEX "webhook_endpoint_agency" ON "webhook_endpoint" USING btree ("agency_id");--> statement-breakpoint
CREATE INDEX "listing_term" ON "listing" USING btree ("answers_until","id") WHERE term_kind = 'fixed' and source = 'court' and state in ('decided', 'grace', 'published');--> statement-breakpoint
CREATE INDEX "listing_unassigned" ON "listing" USING btree ("id") WHERE court_code is null and competent_court is null and ended_at is null;--> statement-breakpoint
CREATE INDEX "listing_ended_subject" ON "listing" USING btree ("subject_id") WHERE state = 'ended';