-- A key can do no more than whoever made it, and ends with their account. Keys made before are known by their maker's address.
ALTER TABLE "api_keys" ADD COLUMN "maker_id" UUID;
UPDATE "api_keys" k SET "maker_id" = p."id" FROM "people" p WHERE p."email" = k."created_by";
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_maker_id_fkey" FOREIGN KEY ("maker_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "api_keys_maker_id_idx" ON "api_keys"("maker_id");
