-- CreateTable
CREATE TABLE "sources" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "pool" TEXT NOT NULL,
    "addresses" TEXT[],
    "ehlo_name" TEXT NOT NULL,
    "weight" SMALLINT NOT NULL,
    "warm_up" INTEGER[],
    "warm_up_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sources_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pool_rules" (
    "id" UUID NOT NULL,
    "pool" TEXT NOT NULL,
    "credential_id" UUID,
    "sender_rule" TEXT,
    "route" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pool_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source_states" (
    "source_id" UUID NOT NULL,
    "machine" TEXT NOT NULL,
    "missing" TEXT[],
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "source_states_pkey" PRIMARY KEY ("source_id","machine")
);

-- CreateTable
CREATE TABLE "source_days" (
    "source_id" UUID NOT NULL,
    "queue_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "messages" INTEGER NOT NULL,

    CONSTRAINT "source_days_pkey" PRIMARY KEY ("source_id","queue_id","day")
);

-- CreateTable
CREATE TABLE "pace_rests" (
    "queue_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pace_rests_pkey" PRIMARY KEY ("queue_id","kind","subject")
);

-- AlterTable
ALTER TABLE "attempts" ADD COLUMN "source" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "sources_name_key" ON "sources"("name");
