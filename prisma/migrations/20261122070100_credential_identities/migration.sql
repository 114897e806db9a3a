-- What SCRAM-SHA-256 checks a secret against.
ALTER TABLE "credential_secrets" ADD COLUMN "scram" TEXT;

-- Whom the devices of a listed network send as.
ALTER TABLE "listed_networks" ADD COLUMN "rewrite_from" TEXT;

-- CreateEnum
CREATE TYPE "identity_kind" AS ENUM ('certificate', 'token');

-- CreateTable
CREATE TABLE "credential_identities" (
    "id" UUID NOT NULL,
    "credential_id" UUID NOT NULL,
    "kind" "identity_kind" NOT NULL,
    "value" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credential_identities_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "credential_identities_kind_value_key" ON "credential_identities"("kind", "value");

-- CreateIndex
CREATE INDEX "credential_identities_credential_id_idx" ON "credential_identities"("credential_id");

-- AddForeignKey
ALTER TABLE "credential_identities" ADD CONSTRAINT "credential_identities_credential_id_fkey" FOREIGN KEY ("credential_id") REFERENCES "credentials"("id") ON DELETE CASCADE ON UPDATE CASCADE;
