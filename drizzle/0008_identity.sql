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
CREATE UNIQUE INDEX "identity_finding_pair" ON "identity_finding" USING btree ("blind_index","listing_id") WHERE until_position is null;--> statement-breakpoint
CREATE INDEX "identity_finding_asked" ON "identity_finding" USING btree ("blind_index");--> statement-breakpoint
CREATE INDEX "identity_asker_agency" ON "identity_asker" USING btree ("agency_id","request_id");--> statement-breakpoint
CREATE UNIQUE INDEX "identity_request_open" ON "identity_request" USING btree ("subject_index","listing_id") WHERE finding is null;--> statement-breakpoint
CREATE INDEX "identity_request_pair" ON "identity_request" USING btree ("subject_index","listing_id","id");--> statement-breakpoint
CREATE INDEX "identity_request_court" ON "identity_request" USING btree ("court","id");--> statement-breakpoint
CREATE INDEX "identity_request_listing" ON "identity_request" USING btree ("listing_id");--> statement-breakpoint
CREATE UNIQUE INDEX "identity_request_redress" ON "identity_request" USING btree ("redress_digest") WHERE redress_digest is not null;