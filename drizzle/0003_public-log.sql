CREATE TABLE "log_checkpoint" (
	"size" bigint PRIMARY KEY NOT NULL,
	"note" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log_fact" (
	"log_group" bigint NOT NULL,
	"log_place" smallint NOT NULL,
	"subject" text NOT NULL,
	"fact" jsonb NOT NULL,
	"salt" "bytea",
	CONSTRAINT "log_fact_log_group_log_place_pk" PRIMARY KEY("log_group","log_place")
);
--> statement-breakpoint
CREATE TABLE "log_group" (
	"id" bigint PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"salt" "bytea",
	"first_row" bigint,
	"first_index" bigint NOT NULL,
	"size" integer NOT NULL,
	CONSTRAINT "log_group_first_index_unique" UNIQUE("first_index")
);
--> statement-breakpoint
CREATE TABLE "log_outbox" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "log_outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"bulk" boolean DEFAULT false NOT NULL,
	"kind" text NOT NULL,
	"salt" "bytea",
	"first_row" bigint,
	"commitments" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "log_outbox_bulk_id_pk" PRIMARY KEY("bulk","id")
);
--> statement-breakpoint
CREATE TABLE "log_state" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"epoch" bigint NOT NULL,
	"size" bigint NOT NULL,
	"unpublished_since" timestamp with time zone,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "log_state_one" CHECK ("log_state"."one")
);
--> statement-breakpoint
CREATE TABLE "log_tile" (
	"level" smallint NOT NULL,
	"index" bigint NOT NULL,
	"width" smallint NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "log_tile_level_index_pk" PRIMARY KEY("level","index")
);
--> statement-breakpoint
ALTER TABLE "check_record" ADD COLUMN "salt" "bytea";--> statement-breakpoint
ALTER TABLE "check_record" ADD COLUMN "log_group" bigint;--> statement-breakpoint
ALTER TABLE "check_record" ADD COLUMN "log_place" smallint;--> statement-breakpoint
CREATE INDEX "log_fact_subject" ON "log_fact" USING btree ("subject","log_group");--> statement-breakpoint
CREATE INDEX "check_record_log_group" ON "check_record" USING brin ("log_group") WITH (pages_per_range=32,autosummarize=true);