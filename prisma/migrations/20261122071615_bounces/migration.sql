-- AlterEnum
ALTER TYPE "listener" ADD VALUE 'internal';

-- CreateEnum
CREATE TYPE "bounce_event" AS ENUM ('failed', 'delayed', 'succeeded', 'closed');

-- CreateEnum
CREATE TYPE "rollup_span" AS ENUM ('minute', 'hour', 'day');

-- AlterTable
ALTER TABLE "attempts" ADD COLUMN     "bounce_class" TEXT,
ADD COLUMN     "bounce_rule" TEXT;

-- AlterTable
ALTER TABLE "recipients" ADD COLUMN     "bounce_class" TEXT;

-- CreateTable
CREATE TABLE "bounce_work" (
    "message_id" UUID NOT NULL,
    "number" SMALLINT NOT NULL,
    "event" "bounce_event" NOT NULL,
    "since" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "bounce_work_pkey" PRIMARY KEY ("message_id","number","event")
);

-- CreateTable
CREATE TABLE "suppressions" (
    "id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "message_id" UUID,
    "number" SMALLINT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(6),
    "created_by" TEXT NOT NULL,

    CONSTRAINT "suppressions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suppression_strikes" (
    "address" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "message_id" UUID NOT NULL,
    "number" SMALLINT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "suppression_strikes_pkey" PRIMARY KEY ("address","scope","message_id","number")
);

-- CreateTable
CREATE TABLE "bounce_settings" (
    "credential_id" UUID NOT NULL,
    "dsn" TEXT NOT NULL DEFAULT 'reverse-path',
    "suppressed" TEXT NOT NULL DEFAULT 'record',
    "signed_paths" BOOLEAN NOT NULL DEFAULT false,
    "holds" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "bounce_settings_pkey" PRIMARY KEY ("credential_id")
);

-- CreateTable
CREATE TABLE "bounce_rule_sets" (
    "version" INTEGER NOT NULL,
    "rules" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "activated_at" TIMESTAMPTZ(6),

    CONSTRAINT "bounce_rule_sets_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "returned_reports" (
    "id" UUID NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "message_id" UUID NOT NULL,
    "number" SMALLINT,
    "kind" TEXT NOT NULL,
    "action" TEXT,
    "status" TEXT,
    "diagnostic" TEXT,
    "feedback_type" TEXT,
    "class" TEXT,
    "client_address" TEXT NOT NULL,

    CONSTRAINT "returned_reports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outcome_rollups" (
    "span" "rollup_span" NOT NULL,
    "bucket" TIMESTAMPTZ(0) NOT NULL,
    "credential_id" UUID NOT NULL,
    "sender_domain" TEXT NOT NULL,
    "queue_id" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "recipients" BIGINT NOT NULL,

    CONSTRAINT "outcome_rollups_pkey" PRIMARY KEY ("span","bucket","credential_id","sender_domain","queue_id","outcome","class")
);

-- CreateTable
CREATE TABLE "outcome_changes" (
    "at" TIMESTAMPTZ(0) NOT NULL,
    "credential_id" UUID NOT NULL,
    "sender_domain" TEXT NOT NULL,
    "queue_id" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "recipients" INTEGER NOT NULL
);

-- CreateIndex
CREATE INDEX "bounce_work_due_at_idx" ON "bounce_work"("due_at");

-- CreateIndex
CREATE UNIQUE INDEX "suppressions_address_scope_key" ON "suppressions"("address", "scope");

-- CreateIndex
CREATE INDEX "suppressions_changed_at_idx" ON "suppressions"("changed_at");

-- CreateIndex
CREATE INDEX "suppressions_until_idx" ON "suppressions"("until");

-- CreateIndex
CREATE INDEX "suppression_strikes_at_idx" ON "suppression_strikes"("at");

-- CreateIndex
CREATE INDEX "returned_reports_message_id_idx" ON "returned_reports"("message_id");

-- CreateIndex
CREATE INDEX "returned_reports_received_at_idx" ON "returned_reports"("received_at");

-- What follows is not in the schema files: Prisma has no words for it.

-- Rows of these come and go all the time.
ALTER TABLE "bounce_work" SET (
    autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0
);
ALTER TABLE "outcome_changes" SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0
);
