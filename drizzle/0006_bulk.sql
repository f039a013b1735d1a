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
CREATE INDEX "bulk_check_agency" ON "bulk_check" USING btree ("agency_id","id");--> statement-breakpoint
CREATE INDEX "bulk_check_open" ON "bulk_check" USING btree ("id") WHERE state in ('queued', 'running');