-- The record of checks becomes a table of months (src/checks/keeping). What is there is attached as the first of them with
-- bounds that cover it, up to the end of the month of its last check: no row is written, and each is read once.
ALTER TABLE "check_record" RENAME TO "check_record_first";--> statement-breakpoint
ALTER TABLE "check_record_first" RENAME CONSTRAINT "check_record_agency_id_id_pk" TO "check_record_first_pkey";--> statement-breakpoint
ALTER INDEX "check_record_log_group" RENAME TO "check_record_first_log_group";--> statement-breakpoint
ALTER INDEX "check_record_subject" RENAME TO "check_record_first_subject";--> statement-breakpoint
CREATE TABLE "check_record" (
	LIKE "check_record_first" INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE INCLUDING COMPRESSION,
	CONSTRAINT "check_record_agency_id_id_pk" PRIMARY KEY("agency_id","id")
) PARTITION BY RANGE ("id");--> statement-breakpoint
CREATE INDEX "check_record_log_group" ON "check_record" USING brin ("log_group") WITH (pages_per_range=32,autosummarize=true);--> statement-breakpoint
CREATE INDEX "check_record_subject" ON "check_record" USING brin ("subject_index" bytea_bloom_ops (n_distinct_per_range = 1000, false_positive_rate = 0.001)) WITH (pages_per_range=32,autosummarize=true);--> statement-breakpoint
DO $$
DECLARE
	-- The last id of each agency is one look into the key's index, and an id begins with its time.
	last_ms bigint := (
		SELECT max(('x' || lpad(left(replace(c.id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint)
		FROM (SELECT id FROM agency) a
		CROSS JOIN LATERAL (
			SELECT id FROM check_record_first WHERE agency_id = a.id ORDER BY id DESC LIMIT 1
		) c
	);
	last timestamptz := greatest(now(), to_timestamp(coalesce(last_ms, 0) / 1000.0));
	ends timestamptz := (date_trunc('month', last AT TIME ZONE 'Asia/Shanghai') + interval '1 month') AT TIME ZONE 'Asia/Shanghai';
	digits text := lpad(to_hex((extract(epoch FROM ends) * 1000)::bigint), 12, '0');
BEGIN
	EXECUTE format(
		'ALTER TABLE check_record ATTACH PARTITION check_record_first FOR VALUES FROM (MINVALUE) TO (%L)',
		left(digits, 8) || '-' || right(digits, 4) || '-7000-8000-000000000000'
	);
END $$;--> statement-breakpoint
CREATE TABLE "check_record_rest" PARTITION OF "check_record" DEFAULT;
