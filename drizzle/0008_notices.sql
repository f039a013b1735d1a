CREATE TABLE "notice" (
	"id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"position" bigint NOT NULL,
	"kind" text NOT NULL,
	"operation" text,
	"cause" text,
	"check_id" uuid,
	"told_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_on" date,
	"acknowledged_at" timestamp with time zone,
	"acknowledged_by" text,
	"superseded_by" bigint,
	CONSTRAINT "notice_agency_id_id_pk" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
CREATE TABLE "publication" (
	"id" uuid PRIMARY KEY NOT NULL,
	"listing_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"recipient" text NOT NULL,
	"agency_id" uuid,
	"published_on" date NOT NULL,
	"document" text,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "take_down_task" (
	"id" uuid PRIMARY KEY NOT NULL,
	"publication_id" uuid NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_on" date,
	"done_by" text,
	"done_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "watch" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"lists" text[] NOT NULL,
	"case_reference" text NOT NULL,
	"operator" text NOT NULL,
	"role" text NOT NULL,
	"reference" text,
	"document_kind" text NOT NULL,
	"subject_index" "bytea" NOT NULL,
	"subject_sealed" "bytea" NOT NULL,
	"name_keys" text[] NOT NULL,
	"expires_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_as" text
);
--> statement-breakpoint
CREATE TABLE "watch_match" (
	"watch_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "watch_match_watch_id_listing_id_pk" PRIMARY KEY("watch_id","listing_id")
);
--> statement-breakpoint
ALTER TABLE "publication" ADD CONSTRAINT "publication_listing_id_listing_id_fk" FOREIGN KEY ("listing_id") REFERENCES "public"."listing"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publication" ADD CONSTRAINT "publication_agency_id_agency_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agency"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "take_down_task" ADD CONSTRAINT "take_down_task_publication_id_publication_id_fk" FOREIGN KEY ("publication_id") REFERENCES "public"."publication"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch" ADD CONSTRAINT "watch_agency_id_agency_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agency"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_match" ADD CONSTRAINT "watch_match_watch_id_watch_id_fk" FOREIGN KEY ("watch_id") REFERENCES "public"."watch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "notice_change" ON "notice" USING btree ("position","listing_id","agency_id");--> statement-breakpoint
CREATE INDEX "notice_listing" ON "notice" USING btree ("listing_id","agency_id");--> statement-breakpoint
CREATE INDEX "notice_open" ON "notice" USING btree ("id") WHERE kind = 'ended' and acknowledged_at is null and superseded_by is null;--> statement-breakpoint
CREATE INDEX "publication_listing" ON "publication" USING btree ("listing_id");--> statement-breakpoint
CREATE UNIQUE INDEX "take_down_task_publication" ON "take_down_task" USING btree ("publication_id") WHERE cancelled_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "watch_live" ON "watch" USING btree ("subject_index","agency_id","purpose","case_reference") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "watch_agency" ON "watch" USING btree ("agency_id","id");--> statement-breakpoint
CREATE INDEX "watch_expiry" ON "watch" USING btree ("expires_on") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "watch_match_listing" ON "watch_match" USING btree ("listing_id");--> statement-breakpoint
CREATE INDEX "hit_check" ON "hit" USING btree ("check_id","listing_id");