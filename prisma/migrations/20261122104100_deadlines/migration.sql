-- CreateTable
CREATE TABLE "deadlines" (
    "message_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "deadlines_pkey" PRIMARY KEY ("message_id")
);

-- CreateIndex
CREATE INDEX "deadlines_at_idx" ON "deadlines"("at");

-- Those of messages that are on their way.
INSERT INTO "deadlines" ("message_id", "at")
SELECT "id", "deliver_by" FROM "messages" WHERE "deliver_by_mode" = 'R' AND "open_recipients" > 0;
