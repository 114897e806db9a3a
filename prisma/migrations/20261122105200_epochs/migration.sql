-- CreateTable
CREATE TABLE "epochs" (
    "id" INTEGER NOT NULL,
    "installation" UUID NOT NULL DEFAULT gen_random_uuid(),
    "beat" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "place" TEXT NOT NULL,

    CONSTRAINT "epochs_pkey" PRIMARY KEY ("id")
);
