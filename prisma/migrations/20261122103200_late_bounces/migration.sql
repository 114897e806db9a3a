-- A bounce that came after the delivery: its sender is told.
ALTER TYPE "bounce_event" ADD VALUE 'returned';

-- When a credential's rates are too high, and whether its new mail is held then.
ALTER TABLE "bounce_settings" ADD COLUMN     "hold" TEXT NOT NULL DEFAULT 'off',
ADD COLUMN     "thresholds" JSONB NOT NULL DEFAULT '{}';

-- What a report said of whom, and what came of it.
ALTER TABLE "returned_reports" ADD COLUMN     "named" TEXT,
ADD COLUMN     "reporting_mta" TEXT,
ADD COLUMN     "effect" TEXT NOT NULL DEFAULT 'none';

-- How many recipients were tried at the listener for bounces, by what their token was.
CREATE TABLE "return_path_tries" (
    "token" TEXT NOT NULL,
    "tries" BIGINT NOT NULL,

    CONSTRAINT "return_path_tries_pkey" PRIMARY KEY ("token")
);
