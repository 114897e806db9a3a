-- CreateEnum
CREATE TYPE "operation_kind" AS ENUM ('hold', 'release', 'retry', 'reroute', 'cancel', 'bounce', 'expire');

-- CreateEnum
CREATE TYPE "operation_state" AS ENUM ('running', 'done', 'cancelled', 'failed');

-- CreateEnum
CREATE TYPE "suspension_scope" AS ENUM ('all', 'credential', 'sender', 'domain');

-- CreateTable
CREATE TABLE "operations" (
    "id" UUID NOT NULL,
    "kind" "operation_kind" NOT NULL,
    "state" "operation_state" NOT NULL DEFAULT 'running',
    "query" TEXT NOT NULL,
    "reason" TEXT,
    "target_queue_id" INTEGER,
    "target_name" TEXT,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(6),
    "ended_at" TIMESTAMPTZ(6),
    "expected" BIGINT NOT NULL,
    "moved" BIGINT NOT NULL DEFAULT 0,
    "source" INTEGER NOT NULL DEFAULT 0,
    "cursor" JSONB,
    "cancelled_by" TEXT,
    "fault" TEXT,

    CONSTRAINT "operations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suspensions" (
    "id" UUID NOT NULL,
    "scope" "suspension_scope" NOT NULL,
    "subject" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "since" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(6) NOT NULL,
    "by" TEXT NOT NULL,
    "reason" TEXT,

    CONSTRAINT "suspensions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "operations_created_at_idx" ON "operations"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "suspensions_until_key" ON "suspensions"("until");

-- CreateIndex
CREATE UNIQUE INDEX "suspensions_scope_subject_key" ON "suspensions"("scope", "subject");

-- What follows is not in the schema files: Prisma has no words for it.

-- Whoever looks for something to do reads what has not ended.
CREATE INDEX "operations_open_idx" ON "operations"("created_at") WHERE "ended_at" IS NULL;
