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
	CONSTRAINT "sanction_listing_sanction_id_listing_id_pk" PRIMARY KEY("sanction_id","listing_id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "identity_finding_pair" ON "identity_finding" USING btree ("blind_index","listing_id") WHERE until_position is null;--> statement-breakpoint
CREATE INDEX "identity_finding_asked" ON "identity_finding" USING btree ("blind_index");--> statement-breakpoint
CREATE INDEX "identity_asker_agency" ON "identity_asker" USING btree ("agency_id","request_id");--> statement-breakpoint
CREATE UNIQUE INDEX "identity_request_open" ON "identity_request" USING btree ("subject_index","listing_id") WHERE finding is null;--> statement-breakpoint
CREATE INDEX "identity_request_pair" ON "identity_request" USING btree ("subject_index","listing_id","id");--> statement-breakpoint
CREATE INDEX "identity_request_court" ON "identity_request" USING btree ("court","id");--> statement-breakpoint
CREATE INDEX "identity_request_listing" ON "identity_request" USING btree ("listing_id");--> statement-breakpoint
CREATE UNIQUE INDEX "identity_request_redress" ON "identity_request" USING btree ("redress_digest") WHERE redress_digest is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "feedback_current" ON "feedback" USING btree ("task_id") WHERE superseded_by is null;--> statement-breakpoint
CREATE INDEX "feedback_task_history" ON "feedback" USING btree ("task_id","id");--> statement-breakpoint
CREATE INDEX "sanction_agency" ON "sanction" USING btree ("agency_id","id");--> statement-breakpoint
CREATE INDEX "sanction_task" ON "sanction" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "sanction_active_subject" ON "sanction" USING btree ("subject_index") WHERE state = 'active';--> statement-breakpoint
CREATE UNIQUE INDEX "sanction_active_measure" ON "sanction" USING btree ("task_id","measure") WHERE state = 'active';--> statement-breakpoint
CREATE INDEX "sanction_ending" ON "sanction" USING btree ("ends_on") WHERE state = 'active' and ends_on is not null;--> statement-breakpoint
CREATE INDEX "sanction_listing_listing" ON "sanction_listing" USING btree ("listing_id");--> statement-breakpoint
CREATE INDEX "feedback_task_agency" ON "feedback_task" USING btree ("agency_id","id");