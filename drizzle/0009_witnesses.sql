CREATE TABLE "log_cosignature" (
	"witness" text NOT NULL,
	"size" bigint NOT NULL,
	"line" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "log_cosignature_witness_size_pk" PRIMARY KEY("witness","size")
);
--> statement-breakpoint
ALTER TABLE "log_state" ADD COLUMN "quorum" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "log_state" ADD COLUMN "witnessed_size" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "log_cosignature_size" ON "log_cosignature" USING btree ("size");