-- AlterTable
ALTER TABLE "suspensions" ADD COLUMN "lifted_at" TIMESTAMPTZ(6);

-- DropIndex
DROP INDEX "suspensions_scope_subject_key";

-- CreateIndex
CREATE UNIQUE INDEX "suspensions_scope_subject_key" ON "suspensions"("scope", "subject") WHERE "lifted_at" IS NULL;
