ALTER TABLE "check_record" ADD COLUMN "acted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "check_record" ADD COLUMN "acted_reason" text;