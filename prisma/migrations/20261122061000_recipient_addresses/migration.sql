-- DropIndex
DROP INDEX "recipients_domain_message_id_idx";

-- CreateIndex
CREATE INDEX "recipients_domain_message_id_forward_path_idx" ON "recipients"("domain", "message_id", "forward_path");
