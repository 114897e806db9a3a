-- CreateTable
CREATE TABLE "sts_policies" (
    "domain" TEXT NOT NULL,
    "policy_id" TEXT,
    "mode" TEXT,
    "mx" TEXT[],
    "max_age_seconds" INTEGER,
    "fetched_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "tried_at" TIMESTAMPTZ(3) NOT NULL,
    "tried_id" TEXT NOT NULL,
    "fault_type" TEXT,
    "fault_text" TEXT,

    CONSTRAINT "sts_policies_pkey" PRIMARY KEY ("domain")
);

-- CreateTable
CREATE TABLE "tls_rules" (
    "id" UUID NOT NULL,
    "scope_kind" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "min_version" TEXT,
    "expired" BOOLEAN NOT NULL DEFAULT false,
    "until" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tls_rules_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sts_policies_tried_at_idx" ON "sts_policies"("tried_at");

-- AlterTable
ALTER TABLE "attempts" ADD COLUMN "channel" JSON;
