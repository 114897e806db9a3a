-- CreateEnum
CREATE TYPE "retry_scope" AS ENUM ('default', 'route', 'site', 'tag');

-- CreateTable
CREATE TABLE "retry_plans" (
    "id" UUID NOT NULL,
    "scope" "retry_scope" NOT NULL,
    "subject" TEXT NOT NULL,
    "delays_seconds" INTEGER[],
    "give_up_seconds" INTEGER NOT NULL,

    CONSTRAINT "retry_plans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clock_jumps" (
    "id" SERIAL NOT NULL,
    "before" TIMESTAMPTZ(6) NOT NULL,
    "after" TIMESTAMPTZ(6) NOT NULL,
    "jump_ms" BIGINT NOT NULL,

    CONSTRAINT "clock_jumps_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "retry_plans_scope_subject_key" ON "retry_plans"("scope", "subject");
