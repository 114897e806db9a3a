-- CreateIndex
CREATE INDEX "messages_network_id_id_idx" ON "messages"("network_id", "id") WHERE "network_id" IS NOT NULL;
