-- AlterTable
ALTER TABLE "routes" ADD COLUMN "client_certificate" BYTEA;
ALTER TABLE "routes" ADD COLUMN "client_certificate_facts" JSONB;
