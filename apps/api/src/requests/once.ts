import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { Route } from '@postern/admin-contract';
import type { AdminStore, Context } from '@postern/administration';
import { seal, unseal } from '@postern/sealing';
import { answerOf, ProblemException } from '../gate/problem.exception.ts';
import type { AnyVerb } from './serve-verb.ts';

export interface Once {
  /** The client's own word for this request. */
  readonly key: string;
  readonly route: Route;
  readonly given: Readonly<Record<string, unknown>>;
  readonly context: Context;
}

const SEALED_FOR = 'answer to a request';
const MAX_ANSWER_OCTETS = 64 * 1024;

/**
 * Carries a request out once, however often it comes under its key within a day; the answer of then is answered again. That
 * it was carried out is written in the transaction that does it. The answer may hold a secret that is shown once, so it is
 * sealed with a key of which one half is the installation's and the other the client's own word, which is not kept.
 */
export async function onceUnder(
  once: Once,
  verb: AnyVerb,
): Promise<{ readonly answer: unknown; readonly replayed: boolean }> {
  const { key, route, given, context } = once;
  const { store, actor } = context;
  const { permission } = route;
  // Whoever may not do it is told so, and nothing of what was answered before.
  const mayNot = permission !== 'anyone' && permission !== 'signed-in' && !actor.permissions.has(permission);
  if (mayNot) return { answer: answerOf(await verb(context, given)), replayed: false };
  const { sealKey } = context.keys;
  const id = createHmac('sha256', sealKey)
    .update(JSON.stringify([actor.kind, actor.id, key]))
    .digest();
  const answerKey = createHmac('sha256', sealKey)
    .update(JSON.stringify([SEALED_FOR, id.toString('hex'), key]))
    .digest();
  const tryId = randomUUID();
  const state = await store.beginRequest({ id, requestDigest: digestOf(route, given), tryId });
  if (state.kind === 'done') return { answer: kept(state.answer, answerKey), replayed: true };
  if (state.kind !== 'begun') throw refusalOf(state.kind);
  try {
    const answer = answerOf(await verb({ ...context, store: marking(store, { id, tryId }) }, given));
    const sealed = seal(JSON.stringify(answer ?? null), { key: answerKey, purpose: SEALED_FOR });
    if (sealed.length <= MAX_ANSWER_OCTETS) await store.keepAnswer({ id, tryId, answer: sealed });
    return { answer, replayed: false };
  } catch (error) {
    // Forgotten only while it is not marked: what was carried out stays so.
    await store.forgetRequest({ id, tryId }).catch(() => undefined);
    throw error;
  }
}

/** A store that writes with a change that the request was carried out. */
function marking(store: AdminStore, request: { readonly id: Buffer; readonly tryId: string }): AdminStore {
  return {
    ...store,
    change: (work) =>
      store.change(async (changes) => {
        const result = await work(changes);
        if (isRefusal(result)) return result;
        if (!(await changes.markRequestDone(request))) throw refusalOf('going-on');
        return result;
      }),
  };
}

function isRefusal(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'refused' in result;
}

function kept(sealed: Buffer | undefined, key: Buffer): unknown {
  const text = sealed && unseal(sealed, { key, purpose: SEALED_FOR });
  if (text !== undefined) return JSON.parse(text);
  throw new ProblemException(
    'conflict',
    'It was done under this key, but its answer was not kept: look for what it made',
  );
}

function refusalOf(kind: 'going-on' | 'other-request'): ProblemException {
  if (kind === 'going-on')
    return new ProblemException('conflict', 'The first request with this key is still going on', {
      retryAfterSeconds: 1,
    });
  const message = 'This key was given with another request; give each request a key of its own';
  return new ProblemException('key-reused', message, { errors: [{ field: 'header.idempotency-key', message }] });
}

/** Of the route and everything asked for, whatever the order of the fields. */
function digestOf(route: Route, given: unknown): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([route.method, route.path, sorted(given)]))
    .digest();
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => [name, sorted(each)]);
}
