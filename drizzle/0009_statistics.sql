CREATE TABLE "assessment_rules" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "assessment_rules_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"applies_from" text NOT NULL,
	"rules" jsonb NOT NULL,
	"imported_by" text NOT NULL,
	"imported_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "closed_day" (
	"day" date PRIMARY KEY NOT NULL,
	"calendar_version" text NOT NULL,
	"closed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "day_figure" (
	"scope" text NOT NULL,
	"figure" text NOT NULL,
	"part" text NOT NULL,
	"body" text NOT NULL,
	"day" date NOT NULL,
	"value" bigint NOT NULL,
	CONSTRAINT "day_figure_scope_figure_part_body_day_pk" PRIMARY KEY("scope","figure","part","body","day")
);
--> statement-breakpoint
CREATE INDEX "day_figure_day" ON "day_figure" USING btree ("day");