-- AlterTable
ALTER TABLE "bounce_settings" DROP COLUMN "holds";
