-- CreateEnum
CREATE TYPE "dsn_return" AS ENUM ('FULL', 'HDRS');

-- CreateEnum
CREATE TYPE "deliver_by_mode" AS ENUM ('R', 'N');

-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "deliver_by" TIMESTAMPTZ(6),
ADD COLUMN     "deliver_by_mode" "deliver_by_mode",
ADD COLUMN     "deliver_by_trace" BOOLEAN,
ADD COLUMN     "envid" TEXT,
ADD COLUMN     "priority" SMALLINT,
ADD COLUMN     "release_at" TIMESTAMPTZ(6),
ADD COLUMN     "require_tls" BOOLEAN,
ADD COLUMN     "ret" "dsn_return";

-- AlterTable
ALTER TABLE "recipients" ADD COLUMN     "notify" TEXT,
ADD COLUMN     "orcpt" TEXT;

-- AlterTable
ALTER TABLE "waiting_recipients" ADD COLUMN     "ready_at" TIMESTAMPTZ(6);

-- CreateIndex
CREATE INDEX "waiting_recipients_ready_idx" ON "waiting_recipients"("queue_id", "due_at") WHERE "ready_at" IS NOT NULL;
