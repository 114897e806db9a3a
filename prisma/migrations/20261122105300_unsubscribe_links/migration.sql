-- CreateTable
CREATE TABLE "unsubscribe_links" (
    "credential_id" UUID NOT NULL,
    "uri" TEXT NOT NULL,

    CONSTRAINT "unsubscribe_links_pkey" PRIMARY KEY ("credential_id")
);

-- AddForeignKey
ALTER TABLE "unsubscribe_links" ADD CONSTRAINT "unsubscribe_links_credential_id_fkey" FOREIGN KEY ("credential_id") REFERENCES "credentials"("id") ON DELETE CASCADE ON UPDATE CASCADE;
