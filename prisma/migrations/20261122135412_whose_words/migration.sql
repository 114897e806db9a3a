ALTER TABLE "pace_changes" ADD COLUMN "reply_from" TEXT;
