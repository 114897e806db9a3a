-- CreateTable
CREATE TABLE "request_keys" (
    "id" BYTEA NOT NULL,
    "request_digest" BYTEA NOT NULL,
    "try_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(6),
    "answer" BYTEA,

    CONSTRAINT "request_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable: unlogged, since a count is worth less than the write of a log.
CREATE UNLOGGED TABLE "request_counts" (
    "who" TEXT NOT NULL,
    "slot" TIMESTAMPTZ(6) NOT NULL,
    "used" INTEGER NOT NULL,

    CONSTRAINT "request_counts_pkey" PRIMARY KEY ("who","slot")
);

-- CreateIndex
CREATE INDEX "request_keys_started_at_idx" ON "request_keys"("started_at");

-- CreateIndex
CREATE INDEX "request_counts_slot_idx" ON "request_counts"("slot");
