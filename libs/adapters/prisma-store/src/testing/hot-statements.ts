import { ACCEPT, ACCEPT_REQUESTS } from '../accept/accept.ts';
import { STAGE_FIRST, STAGE_NEXT } from '../accept/stage.ts';
import { KNOWN_SITES } from '../accept/known-sites.ts';
import type { Statement } from '../connection/run.ts';
import { CLAIM, CLAIM_IN_TURN, CLAIM_LATE, CLAIM_OVERDUE } from '../delivery/claim-statements.ts';
import { DUE_AMONG, DUE_QUEUES } from '../delivery/due-queues.ts';
import { LATE_MAIL } from '../delivery/late-mail.ts';
import { NOTE_OVERDUE, OLDEST_WAITING, OVERDUE_MAIL } from '../delivery/overdue-mail.ts';
import { HAND_BACK } from '../delivery/hand-back.ts';
import { PROLONG } from '../delivery/lease.ts';
import { RECOVER } from '../delivery/recover-lost-leases.ts';
import { BEGIN, LOOK } from '../pace/pace-store.ts';
import { CHUNK } from '../delivery/read-content.ts';
import { RECORD } from '../delivery/record.ts';

/** What runs for every message, or every other second, whatever the store holds. */
export const HOT_STATEMENTS: readonly Statement[] = [
  ACCEPT,
  ACCEPT_REQUESTS,
  STAGE_FIRST,
  STAGE_NEXT,
  KNOWN_SITES,
  CLAIM,
  CLAIM_IN_TURN,
  CLAIM_OVERDUE,
  CLAIM_LATE,
  LATE_MAIL,
  OVERDUE_MAIL,
  NOTE_OVERDUE,
  OLDEST_WAITING,
  RECORD,
  HAND_BACK,
  PROLONG,
  RECOVER,
  DUE_QUEUES,
  DUE_AMONG,
  CHUNK,
  BEGIN,
  LOOK,
];
