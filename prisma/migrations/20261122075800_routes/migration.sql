-- CreateEnum
CREATE TYPE "route_kind" AS ENUM ('smarthost', 'discard', 'fail');

-- AlterTable
ALTER TABLE "routes" ADD COLUMN "kind" "route_kind" NOT NULL DEFAULT 'smarthost',
ADD COLUMN "implicit_tls" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "more_hosts" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN "oauth" JSONB;

-- CreateTable
CREATE TABLE "route_health" (
    "queue_id" INTEGER NOT NULL,
    "part" TEXT NOT NULL,
    "ok" BOOLEAN NOT NULL,
    "since" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "text" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6),

    CONSTRAINT "route_health_pkey" PRIMARY KEY ("queue_id", "part")
);
