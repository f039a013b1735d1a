CREATE TABLE "check_claim" (
	"digest" uuid PRIMARY KEY NOT NULL,
	"fingerprint" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"answer_id" uuid NOT NULL,
	"language" text NOT NULL,
	"claimed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kept_answer" (
	"digest" uuid PRIMARY KEY NOT NULL,
	"fingerprint" uuid NOT NULL,
	"owner" text NOT NULL,
	"claimed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease" uuid NOT NULL,
	"status" smallint,
	"answer_sealed" "bytea",
	CONSTRAINT "kept_answer_answered" CHECK ("kept_answer"."status" is not null or "kept_answer"."answer_sealed" is null)
);
--> statement-breakpoint
ALTER TABLE "check_record" ADD COLUMN "acted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "check_record" ADD COLUMN "acted_reason" text;--> statement-breakpoint
CREATE INDEX "check_claim_claimed" ON "check_claim" USING btree ("claimed_at");--> statement-breakpoint
CREATE INDEX "kept_answer_claimed" ON "kept_answer" USING btree ("claimed_at");--> statement-breakpoint
CREATE INDEX "kept_answer_owner" ON "kept_answer" USING btree ("owner");