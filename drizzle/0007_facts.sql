ALTER TABLE "listing_change" ADD COLUMN "version" integer;--> statement-breakpoint
ALTER TABLE "listing_change" ADD COLUMN "state" text;--> statement-breakpoint
ALTER TABLE "listing_change" ADD COLUMN "under_objection" boolean;--> statement-breakpoint
ALTER TABLE "listing_change" ADD COLUMN "natural_key" uuid;--> statement-breakpoint
ALTER TABLE "listing_change" ADD COLUMN "content_hash" uuid;--> statement-breakpoint
ALTER TABLE "listing_change" ADD COLUMN "salt" uuid;--> statement-breakpoint
CREATE UNIQUE INDEX "log_group_first_row" ON "log_group" USING btree ("kind","first_row") WHERE first_row is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "listing_change_version" ON "listing_change" USING btree ("listing_id","version");--> statement-breakpoint
CREATE INDEX "listing_change_at" ON "listing_change" USING brin ("at") WITH (autosummarize=true);--> statement-breakpoint
ALTER TABLE "log_group" DROP COLUMN "salt";--> statement-breakpoint
ALTER TABLE "log_outbox" DROP COLUMN "salt";