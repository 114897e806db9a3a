import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { cliActor, verbs } from '@postern/administration';
import { startEmbeddedPostgres } from '@postern/embedded-postgres';
import { createStore, migrate } from '@postern/prisma-store';
import { endings } from '../endings.mjs';
import { makeBacklog } from '../store/backlog.mjs';

const OPTIONS = {
  recipients: { type: 'string', default: '1000000' },
  help: { type: 'boolean', default: false },
};

const HELP = `npm run bench -- operations [options]: every operation by query on many recipients, and how long claims take meanwhile

  --recipients N   deferred recipients in the store (1000000)`;

/** What is done, one after the other, to recipients in the state that the one before left them in. */
const STEPS = [
  ['hold', 'from:bulk@example.org'],
  ['release', 'from:bulk@example.org'],
  ['retry', 'from:bulk@example.org'],
  ['hold', 'to:@dead1.example'],
  ['reroute', 'code:4xx'],
  ['expire', 'subject:"Newsletter 1"'],
  ['bounce', 'subject:"Newsletter 2"'],
  ['cancel', 'from:@example.org'],
];
const SEARCHES = [
  'subject:nothing-is-called-so',
  'from:@nobody.example',
  'state:deferred code:550',
  'to:@dead7.example',
];

/** `npm run bench -- operations`. Answers the exit code. */
export async function main(parameters) {
  const { values } = parseArgs({ args: parameters, options: OPTIONS });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), 'postern-bench-operations-'));
  chmodSync(folder, 0o711);
  endings.add(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  const server = await startEmbeddedPostgres({ dataDir: folder, log: QUIET, durability: 'full' });
  endings.add(() => server.stop());
  await migrate({ databaseUrl: server.url, log: QUIET });
  const store = createStore({ databaseUrl: server.url, poolSize: 8, log: QUIET });
  endings.add(() => store.close());
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  endings.add(() => client.end());
  await makeBacklog(client, Number(values.recipients));
  await client.query('analyze');
  const context = {
    actor: cliActor('bench'),
    store: store.admin,
    clock: { now: () => new Date(), monotonicMs: () => performance.now() },
    keys: {},
    alarmClock: { wake: () => undefined },
  };
  for (const q of SEARCHES) await search(context, q);
  console.log(
    `\n${'operation'.padEnd(34)}${['counted, s', 'moved', 'took, s', 'per s', 'claim p99, ms'].map(right).join('')}`,
  );
  for (const [kind, query] of STEPS) await step({ context, store, kind, query });
  const [counted, found] = [await store.admin.ledger(), await store.recount()];
  const agree = JSON.stringify(counted) === JSON.stringify(found);
  console.log(`\nthe ledger ${agree ? 'agrees' : 'DOES NOT AGREE'} with the rows: ${JSON.stringify(found)}`);
  return agree ? 0 : 1;
}

async function step({ context, store, kind, query }) {
  const asked = performance.now();
  const begun = await verbs.startOperation(context, { body: { kind, query } });
  if (!('ok' in begun)) throw new Error(begun.refused.detail);
  const counted = performance.now() - asked;
  const claims = claiming(store);
  const started = performance.now();
  while (await context.store.workOnOperations(begun.ok.id));
  const took = performance.now() - started;
  const p99 = await claims.stop();
  const { ok: ended } = await verbs.showOperation(context, { params: { id: begun.ok.id } });
  const figures = [
    (counted / 1_000).toFixed(1),
    ended.moved,
    (took / 1_000).toFixed(1),
    Math.round(ended.moved / (took / 1_000)),
    p99.toFixed(1),
  ];
  console.log(`${`${kind} ${query}`.padEnd(34)}${figures.map(right).join('')}${ended.fault ?? ''}`);
}

/** Claims from an empty queue meanwhile, as a lane does that has nothing to do: what an operation costs the others. */
function claiming(store) {
  const took = [];
  let going = true;
  const done = (async () => {
    while (going) {
      const at = performance.now();
      await store.delivery.claim({ queueId: 1, limit: 1, leaseMs: 1_000, inlineOctets: 0, lane: 0 });
      took.push(performance.now() - at);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  return {
    stop: async () => {
      going = false;
      await done;
      return took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.99)] ?? 0;
    },
  };
}

async function search(context, q) {
  const at = performance.now();
  const { ok: page } = await verbs.findMessages(context, { query: { q } });
  const back = page.searchedBackTo === null ? '' : `, searched back to ${page.searchedBackTo}`;
  console.log(`find ${q}: ${page.items.length} in ${Math.round(performance.now() - at)} ms${back}`);
}

function right(figure) {
  return String(figure).padStart(15);
}

const QUIET = { info: () => undefined, warn: (facts, event) => console.warn(event, facts) };
