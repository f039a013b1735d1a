CREATE TABLE "clock" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"court" text NOT NULL,
	"started_on" date NOT NULL,
	"due_on" date,
	"calendar_version" text,
	"stopped_at" timestamp with time zone,
	CONSTRAINT "clock_stated" CHECK ("clock"."due_on" is not null or "clock"."calendar_version" is not null)
);
--> statement-breakpoint
CREATE TABLE "holiday_notice" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "holiday_notice_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"year" integer NOT NULL,
	"notice" jsonb NOT NULL,
	"imported_by" text NOT NULL,
	"imported_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "clock_running" ON "clock" USING btree ("subject","kind") WHERE stopped_at is null;--> statement-breakpoint
CREATE INDEX "clock_due" ON "clock" USING btree ("court","due_on","id") WHERE stopped_at is null;--> statement-breakpoint
CREATE INDEX "clock_subject" ON "clock" USING btree ("subject");