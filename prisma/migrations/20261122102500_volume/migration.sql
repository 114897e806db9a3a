-- AlterTable
ALTER TABLE "outcome_changes" ADD COLUMN "waits" SMALLINT[];

-- CreateTable
CREATE TABLE "delivery_waits" (
    "span" "rollup_span" NOT NULL,
    "bucket" TIMESTAMPTZ(0) NOT NULL,
    "step" SMALLINT NOT NULL,
    "recipients" BIGINT NOT NULL,

    CONSTRAINT "delivery_waits_pkey" PRIMARY KEY ("span","bucket","step")
);

-- CreateTable
CREATE TABLE "waiting_depths" (
    "span" "rollup_span" NOT NULL,
    "bucket" TIMESTAMPTZ(0) NOT NULL,
    "recipients" BIGINT NOT NULL,
    "oldest_age_seconds" BIGINT NOT NULL,

    CONSTRAINT "waiting_depths_pkey" PRIMARY KEY ("span","bucket")
);
