-- CreateEnum
CREATE TYPE "credential_state" AS ENUM ('active', 'disabled', 'revoked');

-- CreateEnum
CREATE TYPE "message_body" AS ENUM ('7BIT', '8BITMIME');

-- CreateEnum
CREATE TYPE "listener" AS ENUM ('submission', 'submissions', 'relay');

-- CreateEnum
CREATE TYPE "queue_kind" AS ENUM ('unresolved', 'site', 'route');

-- CreateEnum
CREATE TYPE "route_tls" AS ENUM ('opportunistic', 'required', 'verify', 'dane');

-- CreateEnum
CREATE TYPE "recipient_state" AS ENUM ('queued', 'sending', 'deferred', 'held', 'delivered', 'bounced', 'expired', 'suppressed', 'cancelled');

-- CreateEnum
CREATE TYPE "reply_source" AS ENUM ('remote', 'local');

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "actor_address" TEXT,
    "action" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "subject_name" TEXT NOT NULL,
    "reason" TEXT,
    "facts" JSONB NOT NULL,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credentials" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "state" "credential_state" NOT NULL DEFAULT 'active',
    "sender_rules" TEXT[],
    "networks" TEXT[],
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6),
    "last_used_at" TIMESTAMPTZ(6),
    "last_used_from" TEXT,

    CONSTRAINT "credentials_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential_secrets" (
    "id" UUID NOT NULL,
    "credential_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6),

    CONSTRAINT "credential_secrets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "listed_networks" (
    "id" UUID NOT NULL,
    "cidr" TEXT NOT NULL,
    "sender_rules" TEXT[],
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "listed_networks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "messages" (
    "id" UUID NOT NULL,
    "accepted_at" TIMESTAMPTZ(6) NOT NULL,
    "credential_id" UUID,
    "network_id" UUID,
    "size_octets" INTEGER NOT NULL,
    "content_chunks" INTEGER NOT NULL,
    "recipients" INTEGER NOT NULL,
    "open_recipients" INTEGER NOT NULL,
    "body" "message_body" NOT NULL,
    "listener" "listener" NOT NULL,
    "smtp_utf8" BOOLEAN NOT NULL,
    "reverse_path" TEXT NOT NULL,
    "header_from" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "message_id_field" TEXT NOT NULL,
    "client_address" TEXT NOT NULL,
    "client_name" TEXT NOT NULL,
    "tls_protocol" TEXT,
    "tls_cipher" TEXT,
    "trace_fields" BYTEA NOT NULL,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contents" (
    "message_id" UUID NOT NULL,
    "chunk" INTEGER NOT NULL,
    "octets" BYTEA NOT NULL,

    CONSTRAINT "contents_pkey" PRIMARY KEY ("message_id","chunk")
);

-- CreateTable
CREATE TABLE "staged_messages" (
    "message_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staged_messages_pkey" PRIMARY KEY ("message_id")
);

-- CreateTable
CREATE TABLE "delivery_queues" (
    "id" SERIAL NOT NULL,
    "kind" "queue_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "suspended_at" TIMESTAMPTZ(6),
    "suspended_until" TIMESTAMPTZ(6),
    "suspended_by" TEXT,
    "suspended_reason" TEXT,

    CONSTRAINT "delivery_queues_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "domain_sites" (
    "domain" TEXT NOT NULL,
    "queue_id" INTEGER NOT NULL,
    "fresh_until" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "domain_sites_pkey" PRIMARY KEY ("domain")
);

-- CreateTable
CREATE TABLE "queue_counts" (
    "queue_id" INTEGER NOT NULL,
    "state" "recipient_state" NOT NULL,
    "recipients" BIGINT NOT NULL,
    "accepted" BIGINT NOT NULL,

    CONSTRAINT "queue_counts_pkey" PRIMARY KEY ("queue_id","state")
);

-- CreateTable
CREATE TABLE "queue_changes" (
    "queue_id" INTEGER NOT NULL,
    "state" "recipient_state" NOT NULL,
    "recipients" INTEGER NOT NULL,
    "accepted" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "routes" (
    "id" UUID NOT NULL,
    "queue_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "host" TEXT NOT NULL,
    "port" INTEGER NOT NULL,
    "tls" "route_tls" NOT NULL,
    "username" TEXT,
    "password" BYTEA,
    "domains" TEXT[],
    "sender_rules" TEXT[],
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "routes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recipients" (
    "message_id" UUID NOT NULL,
    "number" SMALLINT NOT NULL,
    "siblings" SMALLINT NOT NULL,
    "queue_id" INTEGER NOT NULL,
    "state" "recipient_state" NOT NULL,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "last_code" SMALLINT,
    "ended_at" TIMESTAMPTZ(6),
    "lease_token" UUID,
    "maybe_delivered" BOOLEAN NOT NULL DEFAULT false,
    "aside" "recipient_state",
    "domain" TEXT NOT NULL,
    "forward_path" TEXT NOT NULL,
    "last_enhanced" TEXT,

    CONSTRAINT "recipients_pkey" PRIMARY KEY ("message_id","number")
);

-- CreateTable
CREATE TABLE "waiting_recipients" (
    "message_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(6) NOT NULL,
    "queue_id" INTEGER NOT NULL,
    "state" "recipient_state" NOT NULL,
    "number" SMALLINT NOT NULL,

    CONSTRAINT "waiting_recipients_pkey" PRIMARY KEY ("queue_id","message_id","number")
);

-- CreateTable
CREATE TABLE "leases" (
    "token" UUID NOT NULL,
    "queue_id" INTEGER NOT NULL,
    "claimed_at" TIMESTAMPTZ(6) NOT NULL,
    "until" TIMESTAMPTZ(6) NOT NULL,
    "message_ids" UUID[],
    "numbers" SMALLINT[],

    CONSTRAINT "leases_pkey" PRIMARY KEY ("token")
);

-- CreateTable
CREATE TABLE "attempts" (
    "message_id" UUID NOT NULL,
    "number" SMALLINT NOT NULL,
    "attempt" SMALLINT NOT NULL,
    "queue_id" INTEGER NOT NULL,
    "lease_token" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "outcome" "recipient_state" NOT NULL,
    "reply_from" "reply_source" NOT NULL,
    "reply_code" SMALLINT NOT NULL,
    "maybe_delivered" BOOLEAN NOT NULL,
    "late" BOOLEAN NOT NULL,
    "tls_verified" BOOLEAN,
    "stage" TEXT NOT NULL,
    "steps_ms" JSON NOT NULL,
    "host" TEXT,
    "address" TEXT,
    "reply_enhanced" TEXT,
    "reply_text" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "tls_protocol" TEXT,
    "tls_cipher" TEXT,
    "tls_certificate" TEXT,
    "tls_failure" TEXT,

    CONSTRAINT "attempts_pkey" PRIMARY KEY ("message_id","number","lease_token")
);

-- CreateIndex
CREATE INDEX "audit_entries_subject_id_id_idx" ON "audit_entries"("subject_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "credentials_name_key" ON "credentials"("name");

-- CreateIndex
CREATE INDEX "credential_secrets_credential_id_idx" ON "credential_secrets"("credential_id");

-- CreateIndex
CREATE UNIQUE INDEX "listed_networks_cidr_key" ON "listed_networks"("cidr");

-- CreateIndex
CREATE INDEX "messages_credential_id_id_idx" ON "messages"("credential_id", "id") WHERE "credential_id" IS NOT NULL;

-- CreateIndex
CREATE INDEX "messages_reverse_path_id_idx" ON "messages"("reverse_path", "id");

-- CreateIndex
CREATE INDEX "staged_messages_started_at_idx" ON "staged_messages"("started_at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_queues_kind_name_key" ON "delivery_queues"("kind", "name");

-- CreateIndex
CREATE INDEX "domain_sites_queue_id_idx" ON "domain_sites"("queue_id");

-- CreateIndex
CREATE UNIQUE INDEX "routes_queue_id_key" ON "routes"("queue_id");

-- CreateIndex
CREATE UNIQUE INDEX "routes_name_key" ON "routes"("name");

-- CreateIndex
CREATE INDEX "recipients_domain_message_id_idx" ON "recipients"("domain", "message_id");

-- CreateIndex
CREATE INDEX "recipients_queue_id_message_id_idx" ON "recipients"("queue_id", "message_id");

-- CreateIndex
CREATE INDEX "recipients_aside_message_id_idx" ON "recipients"("aside", "message_id") WHERE "aside" IS NOT NULL;

-- CreateIndex
CREATE INDEX "waiting_recipients_queue_id_due_at_idx" ON "waiting_recipients"("queue_id", "due_at");

-- CreateIndex
CREATE INDEX "leases_until_idx" ON "leases"("until");

-- CreateIndex
CREATE INDEX "attempts_queue_id_started_at_idx" ON "attempts"("queue_id", "started_at");

-- AddForeignKey
ALTER TABLE "credential_secrets" ADD CONSTRAINT "credential_secrets_credential_id_fkey" FOREIGN KEY ("credential_id") REFERENCES "credentials"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "domain_sites" ADD CONSTRAINT "domain_sites_queue_id_fkey" FOREIGN KEY ("queue_id") REFERENCES "delivery_queues"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "routes" ADD CONSTRAINT "routes_queue_id_fkey" FOREIGN KEY ("queue_id") REFERENCES "delivery_queues"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows is not in the schema files: Prisma has no words for it.

-- The queue that every installation has.
INSERT INTO "delivery_queues" ("id", "kind", "name") VALUES (1, 'unresolved', 'unresolved');
SELECT setval(pg_get_serial_sequence('delivery_queues', 'id'), 1);

ALTER TABLE "recipients" ADD CONSTRAINT "recipients_aside_check" CHECK (
    "aside" IS NOT DISTINCT FROM CASE
        WHEN "state" IN ('held', 'bounced', 'expired', 'suppressed', 'cancelled') THEN "state"
    END
);
ALTER TABLE "waiting_recipients" ADD CONSTRAINT "waiting_recipients_state_check" CHECK ("state" IN ('queued', 'deferred'));

-- Mail content is stored as it is: compressing costs more CPU than the octets are worth.
ALTER TABLE "contents" ALTER COLUMN "octets" SET STORAGE EXTERNAL;
ALTER TABLE "leases" ALTER COLUMN "message_ids" SET STORAGE EXTERNAL, ALTER COLUMN "numbers" SET STORAGE EXTERNAL;

-- Room on each page for the next version of its rows: then a recipient goes from state to state without touching an index.
ALTER TABLE "recipients" SET (fillfactor = 60);

-- Rows of these come and go all the time; what they leave behind is in the way of the next claim.
ALTER TABLE "waiting_recipients" SET (
    autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0
);
ALTER TABLE "queue_changes" SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0
);

-- The audit is added to, never changed, not even by an operator with SQL at hand.
CREATE FUNCTION "audit_entries_refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries of the audit are never changed or removed' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER "audit_entries_append_only" BEFORE UPDATE OR DELETE ON "audit_entries"
    FOR EACH ROW EXECUTE FUNCTION "audit_entries_refuse_change"();
CREATE TRIGGER "audit_entries_never_truncated" BEFORE TRUNCATE ON "audit_entries"
    FOR EACH STATEMENT EXECUTE FUNCTION "audit_entries_refuse_change"();
