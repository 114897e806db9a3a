-- Who signed a TLS report that came by mail; empty for one that an operator took in.
ALTER TABLE "tls_reports_received" ADD COLUMN "signed_by" TEXT;
