-- The latest mail that no credential sent: a claim in turn looks at it too, and must not walk through all the others' for it.
CREATE INDEX "messages_without_credential_idx" ON "messages"("id") WHERE "credential_id" IS NULL;
