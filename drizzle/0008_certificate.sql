CREATE TABLE "certificate" (
	"code_digest" "bytea" PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"issued_at" timestamp with time zone DEFAULT now() NOT NULL,
	"issued_by" text NOT NULL,
	CONSTRAINT "certificate_kind" CHECK ("certificate"."kind" in ('check', 'batch'))
);
