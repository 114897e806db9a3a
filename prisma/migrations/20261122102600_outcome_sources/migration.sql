-- Rates by source: what was counted before counts for none.
ALTER TABLE "outcome_rollups" DROP CONSTRAINT "outcome_rollups_pkey",
ADD COLUMN     "source" TEXT NOT NULL DEFAULT '',
ADD CONSTRAINT "outcome_rollups_pkey" PRIMARY KEY ("span", "bucket", "credential_id", "sender_domain", "queue_id", "source", "outcome", "class");

ALTER TABLE "outcome_changes" ADD COLUMN     "source" TEXT NOT NULL DEFAULT '';
