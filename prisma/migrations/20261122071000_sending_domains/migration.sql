-- CreateEnum
CREATE TYPE "dkim_algorithm" AS ENUM ('rsa-sha256', 'ed25519-sha256');

-- CreateEnum
CREATE TYPE "dkim_key_state" AS ENUM ('pending', 'active', 'retired', 'revoked');

-- CreateTable
CREATE TABLE "sending_domains" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "sub_domains" BOOLEAN NOT NULL DEFAULT false,
    "signed_fields" TEXT[],
    "delegated_to" TEXT,
    "rotate_days" INTEGER,
    "settle_seconds" INTEGER NOT NULL DEFAULT 3600,
    "retain_seconds" INTEGER NOT NULL DEFAULT 604800,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "checked_at" TIMESTAMPTZ(6),
    "check" JSONB,

    CONSTRAINT "sending_domains_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dkim_keys" (
    "id" UUID NOT NULL,
    "domain_id" UUID NOT NULL,
    "selector" TEXT NOT NULL,
    "algorithm" "dkim_algorithm" NOT NULL,
    "bits" INTEGER NOT NULL,
    "state" "dkim_key_state" NOT NULL,
    "private_key" BYTEA,
    "public_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(6),
    "activated_at" TIMESTAMPTZ(6),
    "retired_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "dkim_keys_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sending_domains_name_key" ON "sending_domains"("name");

-- CreateIndex
CREATE UNIQUE INDEX "dkim_keys_domain_id_selector_key" ON "dkim_keys"("domain_id", "selector");

-- AddForeignKey
ALTER TABLE "dkim_keys" ADD CONSTRAINT "dkim_keys_domain_id_fkey" FOREIGN KEY ("domain_id") REFERENCES "sending_domains"("id") ON DELETE CASCADE ON UPDATE CASCADE;
