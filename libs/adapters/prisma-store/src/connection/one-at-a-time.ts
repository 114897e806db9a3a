import type pg from 'pg';

type Ask = (...asked: readonly unknown[]) => unknown;

/**
 * Has a connection take the next question when the one before is answered. Prisma asks for the parts of an answer at once,
 * within a transaction over its one connection; the driver kept a queue for that, and keeps none from its next version on.
 */
export function oneAtATime(client: pg.Client): void {
  const ask = client.query.bind(client) as Ask;
  let last: Promise<unknown> | undefined;
  const inTurn: Ask = (...asked) => {
    if (!isPromised(asked)) return ask(...asked);
    const answer = last ? last.then(() => ask(...asked)) : Promise.resolve(ask(...asked));
    const ended = answer.then(nothing, nothing).then(() => {
      if (last === ended) last = undefined;
    });
    last = ended;
    return answer;
  };
  replace(client, inTurn);
}

/** Whoever gives a callback, or a query that hears its answer itself, keeps their own order. */
function isPromised(asked: readonly unknown[]): boolean {
  const [first] = asked;
  const submits = typeof first === 'object' && first !== null && 'submit' in first;
  return !submits && asked.every((each) => typeof each !== 'function');
}

function nothing(): void {
  // What went wrong is told to whoever asked.
}

/** The same questions are taken and the same answers given, later at most, so every signature of `query` holds. */
function replace(client: pg.Client, query: Ask): void {
  Object.assign(client, { query });
}
