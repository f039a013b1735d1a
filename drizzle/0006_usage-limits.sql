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
ALTER TABLE "agency_limit" ADD CONSTRAINT "agency_limit_agency_id_agency_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agency"("id") ON DELETE no action ON UPDATE no action;