-- AlterTable: leases that are open now, and those of processes of the version before, belong to nobody in particular.
ALTER TABLE "leases" ADD COLUMN "holder" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';

-- CreateTable
CREATE TABLE "suspects" (
    "holder" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "lost_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "suspects_pkey" PRIMARY KEY ("holder", "message_id")
);

-- CreateIndex
CREATE INDEX "suspects_lost_at_idx" ON "suspects"("lost_at");
