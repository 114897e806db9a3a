-- CreateEnum
CREATE TYPE "guard_mode" AS ENUM ('off', 'observe', 'hold');

-- CreateEnum
CREATE TYPE "event_severity" AS ENUM ('info', 'warning', 'critical');

-- AlterTable
ALTER TABLE "credentials" ADD COLUMN     "guard_mode" "guard_mode" NOT NULL DEFAULT 'observe',
ADD COLUMN     "guard_thresholds" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "held_since" TIMESTAMPTZ(6),
ADD COLUMN     "last_used_tls" TEXT,
ADD COLUMN     "limits" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "note" TEXT,
ADD COLUMN     "owner" TEXT,
ADD COLUMN     "released_at" TIMESTAMPTZ(6),
ADD COLUMN     "route_id" UUID,
ADD COLUMN     "tag" TEXT;

-- AlterTable
ALTER TABLE "credential_secrets" ADD COLUMN     "last_used_at" TIMESTAMPTZ(6),
ADD COLUMN     "last_used_from" TEXT,
ADD COLUMN     "replaced_at" TIMESTAMPTZ(6),
ADD COLUMN     "retire_unused_days" INTEGER;

-- AlterTable
ALTER TABLE "listed_networks" ADD COLUMN     "guard_mode" "guard_mode" NOT NULL DEFAULT 'observe',
ADD COLUMN     "guard_thresholds" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "held_since" TIMESTAMPTZ(6),
ADD COLUMN     "last_used_at" TIMESTAMPTZ(6),
ADD COLUMN     "last_used_from" TEXT,
ADD COLUMN     "last_used_tls" TEXT,
ADD COLUMN     "limits" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "note" TEXT,
ADD COLUMN     "owner" TEXT,
ADD COLUMN     "released_at" TIMESTAMPTZ(6),
ADD COLUMN     "route_id" UUID,
ADD COLUMN     "tag" TEXT;

-- AlterTable
ALTER TABLE "routes" ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "events" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "severity" "event_severity" NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "subject_name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "times" INTEGER NOT NULL DEFAULT 1,
    "resolved_at" TIMESTAMPTZ(6),
    "resolved_by" TEXT,

    CONSTRAINT "events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "submitter_usage" (
    "submitter_id" UUID NOT NULL,
    "span_seconds" INTEGER NOT NULL,
    "slot" BIGINT NOT NULL,
    "messages" INTEGER NOT NULL,
    "recipients" INTEGER NOT NULL,

    CONSTRAINT "submitter_usage_pkey" PRIMARY KEY ("submitter_id","span_seconds","slot")
);

-- CreateTable
CREATE TABLE "submitter_sessions" (
    "submitter_id" UUID NOT NULL,
    "process_id" UUID NOT NULL,
    "sessions" INTEGER NOT NULL,
    "until" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "submitter_sessions_pkey" PRIMARY KEY ("submitter_id","process_id")
);

-- CreateTable
CREATE TABLE "submitter_hours" (
    "submitter_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(6) NOT NULL,
    "messages" INTEGER NOT NULL,
    "recipients" INTEGER NOT NULL,
    "new_domains" INTEGER NOT NULL,
    "from_new_network" INTEGER NOT NULL,

    CONSTRAINT "submitter_hours_pkey" PRIMARY KEY ("submitter_id","hour")
);

-- CreateTable
CREATE TABLE "submitter_domains" (
    "submitter_id" UUID NOT NULL,
    "domain_hash" BIGINT NOT NULL,
    "first_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "submitter_domains_pkey" PRIMARY KEY ("submitter_id","domain_hash")
);

-- CreateTable
CREATE TABLE "submitter_networks" (
    "submitter_id" UUID NOT NULL,
    "network" TEXT NOT NULL,
    "first_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "submitter_networks_pkey" PRIMARY KEY ("submitter_id","network")
);

-- CreateTable
CREATE TABLE "failed_authentications" (
    "key" TEXT NOT NULL,
    "minute" TIMESTAMPTZ(6) NOT NULL,
    "failures" INTEGER NOT NULL,

    CONSTRAINT "failed_authentications_pkey" PRIMARY KEY ("key","minute")
);

-- CreateTable
CREATE TABLE "blocked_authentications" (
    "key" TEXT NOT NULL,
    "until" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "blocked_authentications_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "events_subject_id_id_idx" ON "events"("subject_id", "id");

-- CreateIndex
CREATE INDEX "submitter_sessions_until_idx" ON "submitter_sessions"("until");

-- CreateIndex
CREATE INDEX "submitter_hours_hour_idx" ON "submitter_hours"("hour");

-- CreateIndex
CREATE INDEX "failed_authentications_minute_idx" ON "failed_authentications"("minute");

-- CreateIndex
CREATE INDEX "blocked_authentications_until_idx" ON "blocked_authentications"("until");

-- CreateIndex
CREATE INDEX "credentials_route_id_idx" ON "credentials"("route_id");

-- CreateIndex
CREATE INDEX "listed_networks_route_id_idx" ON "listed_networks"("route_id");

-- AddForeignKey
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_route_id_fkey" FOREIGN KEY ("route_id") REFERENCES "routes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "listed_networks" ADD CONSTRAINT "listed_networks_route_id_fkey" FOREIGN KEY ("route_id") REFERENCES "routes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What follows is not in the schema files: Prisma has no words for it.

-- Of one kind and subject at most one event is open.
CREATE UNIQUE INDEX "events_open_key" ON "events"("kind", "subject_id") WHERE "resolved_at" IS NULL;
CREATE INDEX "events_open_idx" ON "events"("id") WHERE "resolved_at" IS NULL;

-- Rows that are counted up all the time: room on each page for their next version.
ALTER TABLE "submitter_usage" SET (fillfactor = 50);

-- Takes from the limits of submitters what messages need, each whole or not at all, in the order given.
--
-- A limit of N in a span is never exceeded in any stretch of that length: the span is cut into 100 slots, and what was
-- taken in the current slot and the 100 before it counts. It is a volatile function, so each statement in it sees what
-- was committed before it, and the lock of the submitter is held until the end of the transaction: any number of
-- processes take from one limit as one would.
--
-- A message that wants nothing asks what is left. `wait_seconds` is when one more (or as much as was wanted) would be
-- granted; 0: now. What is not limited is left as 2147483647.
CREATE FUNCTION "reserve_submission"(
    "ids" UUID[], "wanted_messages" INT[], "wanted_recipients" INT[],
    "messages_minute" INT[], "messages_hour" INT[], "messages_day" INT[],
    "recipients_minute" INT[], "recipients_hour" INT[], "recipients_day" INT[]
) RETURNS TABLE ("granted" BOOLEAN, "at_micros" BIGINT, "wait_seconds" INT, "messages_left" INT, "recipients_left" INT)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    spans CONSTANT INT[] := ARRAY[60, 3600, 86400];
    unlimited CONSTANT INT := 2147483647;
    message_limits INT[];
    recipient_limits INT[];
    used_messages BIGINT;
    used_recipients BIGINT;
    width BIGINT;
    current_slot BIGINT;
    free_slot BIGINT;
    free_at BIGINT;
BEGIN
    FOR i IN 1 .. cardinality(ids) LOOP
        PERFORM pg_advisory_xact_lock(hashtextextended(ids[i]::text, 7316404));
        at_micros := floor(extract(epoch FROM clock_timestamp()) * 1000000);
        message_limits := ARRAY[messages_minute[i], messages_hour[i], messages_day[i]];
        recipient_limits := ARRAY[recipients_minute[i], recipients_hour[i], recipients_day[i]];
        messages_left := unlimited;
        recipients_left := unlimited;
        free_at := at_micros;
        FOR s IN 1 .. 3 LOOP
            CONTINUE WHEN message_limits[s] IS NULL AND recipient_limits[s] IS NULL;
            width := spans[s]::bigint * 10000;
            current_slot := at_micros / width;
            SELECT coalesce(sum(u.messages), 0), coalesce(sum(u.recipients), 0) INTO used_messages, used_recipients
            FROM submitter_usage u
            WHERE u.submitter_id = ids[i] AND u.span_seconds = spans[s] AND u.slot >= current_slot - 100;
            messages_left := least(messages_left, greatest(0, coalesce(message_limits[s] - used_messages, unlimited)));
            recipients_left := least(recipients_left, greatest(0, coalesce(recipient_limits[s] - used_recipients, unlimited)));
            -- The first slot with whose end enough is free; more than the limit is never free.
            SELECT min(o.slot) INTO free_slot FROM (
                SELECT u.slot, sum(u.messages) OVER (ORDER BY u.slot) AS messages, sum(u.recipients) OVER (ORDER BY u.slot) AS recipients
                FROM submitter_usage u
                WHERE u.submitter_id = ids[i] AND u.span_seconds = spans[s] AND u.slot >= current_slot - 100
            ) o
            WHERE coalesce(used_messages - o.messages + greatest(wanted_messages[i], 1) <= message_limits[s], true)
                AND coalesce(used_recipients - o.recipients + greatest(wanted_recipients[i], 1) <= recipient_limits[s], true);
            IF coalesce(used_messages + greatest(wanted_messages[i], 1) > message_limits[s], false)
                OR coalesce(used_recipients + greatest(wanted_recipients[i], 1) > recipient_limits[s], false) THEN
                free_at := greatest(free_at, coalesce((free_slot + 101) * width, at_micros + spans[s]::bigint * 1000000));
            END IF;
        END LOOP;
        wait_seconds := ceil((free_at - at_micros) / 1000000.0);
        granted := wanted_messages[i] <= messages_left AND wanted_recipients[i] <= recipients_left;
        IF granted AND wanted_messages[i] + wanted_recipients[i] > 0 THEN
            FOR s IN 1 .. 3 LOOP
                CONTINUE WHEN message_limits[s] IS NULL AND recipient_limits[s] IS NULL;
                width := spans[s]::bigint * 10000;
                INSERT INTO submitter_usage AS u (submitter_id, span_seconds, slot, messages, recipients)
                VALUES (ids[i], spans[s], at_micros / width, wanted_messages[i], wanted_recipients[i])
                ON CONFLICT (submitter_id, span_seconds, slot)
                DO UPDATE SET messages = u.messages + excluded.messages, recipients = u.recipients + excluded.recipients;
                DELETE FROM submitter_usage u
                WHERE u.submitter_id = ids[i] AND u.span_seconds = spans[s] AND u.slot < at_micros / width - 100;
            END LOOP;
            IF messages_left < unlimited THEN messages_left := messages_left - wanted_messages[i]; END IF;
            IF recipients_left < unlimited THEN recipients_left := recipients_left - wanted_recipients[i]; END IF;
        END IF;
        RETURN NEXT;
    END LOOP;
END
$$;

-- Gives back what was reserved for messages that were not accepted, in the slot that it was taken from.
CREATE FUNCTION "return_submission"("ids" UUID[], "at_micros" BIGINT[], "messages" INT[], "recipients" INT[]) RETURNS VOID
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    FOR i IN 1 .. cardinality(ids) LOOP
        PERFORM pg_advisory_xact_lock(hashtextextended(ids[i]::text, 7316404));
        UPDATE submitter_usage u
        SET messages = greatest(0, u.messages - return_submission.messages[i]),
            recipients = greatest(0, u.recipients - return_submission.recipients[i])
        FROM unnest(ARRAY[60, 3600, 86400]) AS span
        WHERE u.submitter_id = ids[i] AND u.span_seconds = span
            AND u.slot = return_submission.at_micros[i] / (span::bigint * 10000);
    END LOOP;
END
$$;

-- Counts a session of a submitter in when fewer than `most` are open, over all processes that are alive.
CREATE FUNCTION "enter_session"("submitter" UUID, "process" UUID, "most" INT, "lease_seconds" INT) RETURNS BOOLEAN
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    open_sessions BIGINT;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(submitter::text, 7316405));
    DELETE FROM submitter_sessions WHERE submitter_id = submitter AND until < clock_timestamp();
    SELECT coalesce(sum(sessions), 0) INTO open_sessions FROM submitter_sessions WHERE submitter_id = submitter;
    IF open_sessions >= most THEN
        RETURN false;
    END IF;
    INSERT INTO submitter_sessions AS s (submitter_id, process_id, sessions, until)
    VALUES (submitter, process, 1, clock_timestamp() + make_interval(secs => lease_seconds))
    ON CONFLICT (submitter_id, process_id) DO UPDATE SET sessions = s.sessions + 1, until = excluded.until;
    RETURN true;
END
$$;
