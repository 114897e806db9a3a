import type { ClientBase, PoolClient } from 'pg';

type Ask = (...asked: readonly unknown[]) => unknown;

const CONTROL = /^\s*(?<verb>begin|start transaction|commit|rollback)\s*;?\s*$/i;

/**
 * The connection of a transaction as it is lent to whoever opens one of their own: theirs begins with a savepoint and ends
 * with it (PostgreSQL, SAVEPOINT), and giving it back does nothing.
 */
export function jointClient(client: ClientBase): PoolClient {
  const open: string[] = [];
  let made = 0;
  const nested = (verb: string): string => {
    const name = open.at(-1);
    if (verb === 'begin' || verb === 'start transaction') {
      open.push(`part_${(made += 1)}`);
      return `savepoint part_${made}`;
    }
    if (name === undefined) throw new Error(`${verb} without a begin before it`);
    open.pop();
    return verb === 'commit' ? `release savepoint ${name}` : `rollback to savepoint ${name}`;
  };
  const ask = client.query.bind(client) as Ask;
  const query: Ask = (asked, ...rest) => {
    const verb = CONTROL.exec(textOf(asked))?.groups?.['verb'];
    if (verb === undefined) return ask(asked, ...rest);
    return ask(nested(verb.toLowerCase()), ...rest.filter((each) => typeof each === 'function'));
  };
  return lent(client, { query, release: () => undefined });
}

function textOf(asked: unknown): string {
  if (typeof asked === 'string') return asked;
  const text: unknown = typeof asked === 'object' && asked !== null && 'text' in asked ? asked.text : undefined;
  return typeof text === 'string' ? text : '';
}

/** The same connection but for what is replaced, which has the signatures of what it replaces. */
function lent(client: ClientBase, replaced: Readonly<Record<'query' | 'release', Ask>>): PoolClient {
  const all: ReadonlyMap<string | symbol, unknown> = new Map(Object.entries(replaced));
  return new Proxy(client, {
    get(target, name) {
      if (all.has(name)) return all.get(name);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  }) as PoolClient;
}
