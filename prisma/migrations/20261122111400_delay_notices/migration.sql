-- AlterTable
ALTER TABLE "retry_plans" ADD COLUMN "delay_notice_seconds" INTEGER;
