import { randomUUID } from 'node:crypto';
import type { SubmitterStore } from '@postern/credentials';
import { replies } from '@postern/smtp';
import type { Client, SessionHandle } from '@postern/smtp-server';
import { settingsOf, type Submitter } from '../submitter.ts';

interface Open {
  readonly submitter: Submitter;
  readonly address: string;
  /** Whether it counts against a limit of sessions. */
  readonly counted: boolean;
}

/**
 * The sessions that this process has open for credentials and listed networks: counted, over all processes, where their
 * number is limited; ended at once where the permission is withdrawn.
 */
export class OpenSessions {
  readonly #store: Pick<SubmitterStore, 'enterSession' | 'leaveSession' | 'keepSessions'>;
  readonly #onFault: (cause: unknown) => void;
  readonly #processId = randomUUID();
  readonly #open = new Map<SessionHandle, Open>();
  /** Connections that have ended: a question about one may still be on its way. */
  readonly #gone = new WeakSet<SessionHandle>();

  constructor(options: {
    readonly store: Pick<SubmitterStore, 'enterSession' | 'leaveSession' | 'keepSessions'>;
    readonly onFault: (cause: unknown) => void;
  }) {
    this.#store = options.store;
    this.#onFault = options.onFault;
  }

  /** Notes whose a session is; false: as many as may be open are open. A session that is known already stays. */
  async enter({ session, address }: Client, submitter: Submitter): Promise<boolean> {
    const known = this.#open.get(session);
    if (known && settingsOf(known.submitter).id === settingsOf(submitter).id) return true;
    if (known) this.#leave(session, known);
    const { id, limits } = settingsOf(submitter);
    const open = { submitter, address, counted: limits.maxSessions !== undefined };
    if (limits.maxSessions !== undefined && !this.#gone.has(session)) {
      const place = { submitterId: id, processId: this.#processId, most: limits.maxSessions };
      if (!(await this.#store.enterSession(place))) return false;
      // The client has left meanwhile, and nobody will count it out again.
      if (this.#gone.has(session)) this.#leave(session, open);
    }
    if (!this.#gone.has(session)) this.#open.set(session, open);
    return true;
  }

  /** The connection has ended. */
  closed({ session }: Client): void {
    this.#gone.add(session);
    const known = this.#open.get(session);
    if (known) this.#leave(session, known);
  }

  /** Ends the sessions of a submitter (undefined: of any) which may not go on; `usable` says whether one may. */
  async recheck(
    id: string | undefined,
    usable: (submitter: Submitter, address: string) => Promise<boolean>,
  ): Promise<number> {
    const concerned = [...this.#open].filter(
      ([, { submitter }]) => id === undefined || settingsOf(submitter).id === id,
    );
    let ended = 0;
    for (const [session, { submitter, address }] of concerned) {
      if (await usable(submitter, address)) continue;
      session.end(replies.sessionEnded);
      ended += 1;
    }
    return ended;
  }

  /** Tells the store again which counted sessions are open; to be called well within their lease. */
  async keep(): Promise<void> {
    const counts = new Map<string, number>();
    for (const { submitter, counted } of this.#open.values()) {
      const { id } = settingsOf(submitter);
      if (counted) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    await this.#store.keepSessions(this.#processId, counts);
  }

  #leave(session: SessionHandle, { submitter, counted }: Open): void {
    this.#open.delete(session);
    if (!counted) return;
    const place = { submitterId: settingsOf(submitter).id, processId: this.#processId };
    this.#store.leaveSession(place).catch(this.#onFault);
  }
}
