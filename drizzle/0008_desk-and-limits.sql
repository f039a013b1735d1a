CREATE TABLE "agency_limit" (
	"agency_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"burst" integer,
	"burst_seconds" integer,
	"checks_per_day" integer,
	"persons_per_day" integer,
	"set_at" timestamp with time zone DEFAULT now() NOT NULL,
	"set_by" text NOT NULL,
	CONSTRAINT "agency_limit_agency_id_scope_pk" PRIMARY KEY("agency_id","scope"),
	CONSTRAINT "agency_limit_scope" CHECK ("agency_limit"."scope" in ('agency', 'key'))
);
--> statement-breakpoint
CREATE TABLE "canary" (
	"blind_index" "bytea" PRIMARY KEY NOT NULL,
	"note" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "misuse_alert" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"key_id" text NOT NULL,
	"rule" text NOT NULL,
	"action" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"raised_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"sightings" integer DEFAULT 1 NOT NULL,
	"facts" jsonb NOT NULL,
	"acknowledged_by" text,
	"acknowledged_at" timestamp with time zone,
	"acknowledgement" text,
	"closed_by" text,
	"closed_at" timestamp with time zone,
	"closing_reason" text,
	CONSTRAINT "misuse_alert_acknowledged" CHECK (num_nonnulls("misuse_alert"."acknowledged_by", "misuse_alert"."acknowledged_at", "misuse_alert"."acknowledgement") in (0, 3)),
	CONSTRAINT "misuse_alert_closed" CHECK ((state = 'closed') = (num_nonnulls("misuse_alert"."closed_by", "misuse_alert"."closed_at", "misuse_alert"."closing_reason") = 3))
);
--> statement-breakpoint
CREATE TABLE "misuse_watch" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"canaries_until" timestamp with time zone NOT NULL,
	"judged_at" timestamp with time zone NOT NULL,
	CONSTRAINT "misuse_watch_one" CHECK ("misuse_watch"."one")
);
--> statement-breakpoint
CREATE TABLE "check_allowance" (
	"agency_id" uuid NOT NULL,
	"key_id" text NOT NULL,
	"day" date NOT NULL,
	"granted" bigint NOT NULL,
	"tokens" double precision NOT NULL,
	"filled_at" timestamp with time zone NOT NULL,
	"persons" "bytea" NOT NULL,
	CONSTRAINT "check_allowance_agency_id_key_id_pk" PRIMARY KEY("agency_id","key_id")
);
--> statement-breakpoint
CREATE TABLE "draft_form" (
	"id" uuid PRIMARY KEY NOT NULL,
	"author" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"version" integer NOT NULL,
	"saved_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "agency_limit" ADD CONSTRAINT "agency_limit_agency_id_agency_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agency"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "misuse_alert_standing" ON "misuse_alert" USING btree ("agency_id","key_id","rule") WHERE state <> 'closed';--> statement-breakpoint
CREATE INDEX "misuse_alert_agency" ON "misuse_alert" USING btree ("agency_id","id");--> statement-breakpoint
CREATE INDEX "draft_form_author" ON "draft_form" USING btree ("author","saved_at");--> statement-breakpoint
CREATE INDEX "draft_form_saved" ON "draft_form" USING btree ("saved_at");