-- CreateTable
CREATE TABLE "tls_results" (
    "day" DATE NOT NULL,
    "domain" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "policy_type" TEXT NOT NULL,
    "policy_string" TEXT[],
    "mx_host" TEXT[],
    "failure" JSONB,
    "sessions" INTEGER NOT NULL,

    CONSTRAINT "tls_results_pkey" PRIMARY KEY ("day","domain","digest")
);

-- CreateTable
CREATE TABLE "tls_report_days" (
    "day" DATE NOT NULL,
    "domain" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tls_report_days_pkey" PRIMARY KEY ("day","domain")
);

-- CreateTable
CREATE TABLE "tls_reports_sent" (
    "id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "domain" TEXT NOT NULL,
    "report_id" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "sent_at" TIMESTAMPTZ(3),
    "message_id" UUID,
    "fault" TEXT,
    "content" BYTEA NOT NULL,

    CONSTRAINT "tls_reports_sent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tls_reports_received" (
    "id" UUID NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "organization" TEXT NOT NULL,
    "report_id" TEXT NOT NULL,
    "start_at" TIMESTAMPTZ(3) NOT NULL,
    "end_at" TIMESTAMPTZ(3) NOT NULL,
    "domains" TEXT[],
    "successes" BIGINT NOT NULL,
    "failures" BIGINT NOT NULL,
    "report" JSONB NOT NULL,

    CONSTRAINT "tls_reports_received_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "tls_results_domain_day_idx" ON "tls_results"("domain", "day");

-- CreateIndex
CREATE INDEX "tls_reports_sent_due_at_idx" ON "tls_reports_sent"("due_at");

-- CreateIndex
CREATE INDEX "tls_reports_sent_domain_day_idx" ON "tls_reports_sent"("domain", "day");

-- CreateIndex
CREATE INDEX "tls_reports_received_start_at_idx" ON "tls_reports_received"("start_at");

-- CreateIndex
CREATE UNIQUE INDEX "tls_reports_received_organization_report_id_key" ON "tls_reports_received"("organization", "report_id");
