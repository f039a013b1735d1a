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
CREATE UNIQUE INDEX "feedback_task_matter" ON "feedback_task" USING btree ("agency_id","subject_index","purpose","case_reference");--> statement-breakpoint
CREATE INDEX "event_agency" ON "event" USING btree ("agency_id","position");