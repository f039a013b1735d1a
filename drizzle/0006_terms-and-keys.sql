CREATE TABLE "security_key" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"credential_id" "bytea" NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"host" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "used_challenge" (
	"digest" "bytea" PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "security_key" ADD CONSTRAINT "security_key_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "security_key_credential" ON "security_key" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "security_key_account" ON "security_key" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "listing_term" ON "listing" USING btree ("answers_until","id") WHERE term_kind = 'fixed' and source = 'court' and state in ('decided', 'grace', 'published');--> statement-breakpoint
CREATE INDEX "listing_unassigned" ON "listing" USING btree ("id") WHERE court_code is null and competent_court is null and ended_at is null;