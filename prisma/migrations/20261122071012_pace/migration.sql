-- CreateTable
CREATE TABLE "paces" (
    "queue_id" INTEGER NOT NULL,
    "lanes" SMALLINT NOT NULL,
    "rest_until" TIMESTAMPTZ(3),
    "learned" JSON NOT NULL,
    "least_lanes" SMALLINT,
    "most_lanes" SMALLINT,
    "least_per_minute" DOUBLE PRECISION,
    "most_per_minute" DOUBLE PRECISION,

    CONSTRAINT "paces_pkey" PRIMARY KEY ("queue_id")
);

-- CreateTable
CREATE TABLE "pace_changes" (
    "id" BIGSERIAL NOT NULL,
    "queue_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "subject" TEXT,
    "before" DOUBLE PRECISION,
    "after" DOUBLE PRECISION,
    "until" TIMESTAMPTZ(3),
    "rule" TEXT,
    "host" TEXT,
    "reply_code" SMALLINT,
    "reply_enhanced" TEXT,
    "reply_text" TEXT,

    CONSTRAINT "pace_changes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "pace_changes_queue_id_id_idx" ON "pace_changes"("queue_id", "id");
