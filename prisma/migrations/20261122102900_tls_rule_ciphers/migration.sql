-- The cipher suites that a rule about the channel leaves; empty for any.
ALTER TABLE "tls_rules" ADD COLUMN "ciphers" TEXT[] DEFAULT ARRAY[]::TEXT[];
