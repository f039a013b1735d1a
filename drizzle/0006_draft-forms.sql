CREATE TABLE "draft_form" (
	"id" uuid PRIMARY KEY NOT NULL,
	"author" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"version" integer NOT NULL,
	"saved_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "draft_form_author" ON "draft_form" USING btree ("author","saved_at");--> statement-breakpoint
CREATE INDEX "draft_form_saved" ON "draft_form" USING btree ("saved_at");