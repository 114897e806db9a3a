import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mailHost, type MailHost, waitFor } from '@postern/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { messageId, onDatabase, type Scenario, scenario, submit, SOUND } from '../src/index.ts';

/** Replies as hosts write them; another corpus of the same form may be named, whose labels need not be ours. */
const OWN = join(import.meta.dirname, '../../../libs/mail/bounce/src/testing/replies.jsonl');
const CORPUS = process.env['POSTERN_BOUNCE_CORPUS'] ?? OWN;
/** Of our own replies, whose classes unit tests hold, so many of each class and stage; of another corpus all. */
const OF_EACH = CORPUS === OWN ? 2 : Infinity;
const REPLIES = someOfEach(readFileSync(CORPUS, 'utf8').trim().split('\n').map(readReply)).map(numbered);

interface Reply {
  readonly number: number;
  readonly stage: 'greeting' | 'ehlo' | 'mail' | 'rcpt' | 'content';
  readonly reply: string;
  readonly class: string;
}

let world: Scenario;
const hosts: MailHost[] = [];
let told: ReadonlyMap<number, string>;

beforeAll(async () => {
  world = await scenario({ services: ['submission', 'delivery', 'api'], host: { answers: answers() } });
  await world.gateway.cli(['bounce', 'settings', world.user, '--dsn', 'off']);
  await Promise.all(REPLIES.map(publish));
  await Promise.all([send(({ stage }) => stage !== 'mail', 'app@lab.example'), ...REPLIES.map(sendFromItsOwn)]);
  told = await readBack();
}, 120_000);
afterAll(async () => {
  await Promise.all(hosts.map((host) => host.close()));
  await world[Symbol.asyncDispose]();
});

test('replies that a host gives at their stage have their class in the API', () => {
  expect(REPLIES.filter((each) => !told.has(each.number))).toEqual([]);
  const known = REPLIES;
  const agreed = known.filter((each) => told.get(each.number) === each.class);
  expect(agreed.length / known.length).toBeGreaterThanOrEqual(0.75);
  if (CORPUS !== OWN) return;
  const wrong = known.filter((each) => told.get(each.number) !== each.class);
  expect(wrong.map(({ reply, number }) => `${told.get(number)}: ${reply}`)).toEqual([]);
});

test('nobody is suppressed but for a permanent refusal of their own RCPT as unknown', async () => {
  const { rows } = await waitFor(
    async () => {
      const left = await onDatabase(world, (client) =>
        client.query(`select 1 from bounce_work where event = 'failed'`),
      );
      if (left.rowCount) return undefined;
      return onDatabase(world, (client) => client.query<{ address: string }>('select address from suppressions'));
    },
    { timeoutMs: 30_000, what: 'what bounced to be looked at' },
  );
  const gone = REPLIES.filter(
    (each) => each.stage === 'rcpt' && each.reply.startsWith('5') && told.get(each.number) === 'recipient_unknown',
  );
  expect(rows.map(({ address }) => address).sort()).toEqual(gone.map(addressOf).sort());
});

function someOfEach(replies: readonly Omit<Reply, 'number'>[]): readonly Omit<Reply, 'number'>[] {
  const taken = new Map<string, number>();
  return replies.filter(({ stage, class: of }) => {
    const before = taken.get(`${stage} ${of}`) ?? 0;
    taken.set(`${stage} ${of}`, before + 1);
    return before < OF_EACH;
  });
}

function numbered(reply: Omit<Reply, 'number'>, number: number): Reply {
  return { ...reply, number };
}

function readReply(line: string): Omit<Reply, 'number'> {
  const { stage, reply, class: expected } = JSON.parse(line) as { stage: string | null; reply: string; class: string };
  const known = { HELO: 'ehlo', EHLO: 'ehlo', MAIL: 'mail', DATA: 'content', QUIT: 'content' }[stage ?? ''] ?? stage;
  const stages = ['greeting', 'ehlo', 'mail', 'rcpt', 'content'] as const;
  return {
    stage: stages.find((each) => each === known) ?? 'rcpt',
    reply: reply.replace(/\s+/g, ' '),
    class: expected,
  };
}

/** Each reply has a domain of its own, and so a site: what one of them slows down keeps no other one back. */
async function publish({ number, stage, reply }: Reply): Promise<void> {
  const isEarly = stage === 'greeting' || stage === 'ehlo';
  const address = isEarly ? `127.0.3.${number % 250}` : '127.0.0.2';
  if (isEarly)
    hosts.push(await mailHost({ address, port: world.internet.host.port, answers: { [stage]: () => reply } }));
  world.internet.zone.add(
    `d${number}.example. 300 IN MX 10 mx.d${number}.example.\nmx.d${number}.example. 300 IN A ${address}`,
  );
}

function answers() {
  const by = (text: string | undefined, stage: Reply['stage']) => {
    const found = REPLIES[Number(/\d+/.exec(text ?? '')?.[0] ?? -1)];
    return found?.stage === stage ? found.reply : undefined;
  };
  return {
    mail: (reversePath: string) => by(reversePath, 'mail'),
    rcpt: (forwardPath: string) => by(forwardPath, 'rcpt'),
    content: ({ forwardPaths }: { readonly forwardPaths: readonly string[] }) => by(forwardPaths[0], 'content'),
  };
}

const ids: string[] = [];

async function send(which: (reply: Reply) => boolean, from: string): Promise<void> {
  const to = REPLIES.filter(which).map(addressOf);
  for (let at = 0; at < to.length; at += 200)
    ids.push(messageId((await submit(world, SOUND, { from, to: to.slice(at, at + 200) })).reply));
}

/** A refusal of MAIL is told apart by whom it comes from. */
async function sendFromItsOwn(reply: Reply): Promise<void> {
  if (reply.stage === 'mail') await send((each) => each === reply, `s${reply.number}@lab.example`);
}

function addressOf({ number }: Reply): string {
  return `r${number}@d${number}.example`;
}

interface Page {
  readonly items: readonly {
    readonly forwardPath: string;
    readonly attempts: number;
    readonly bounce: { readonly class: string } | null;
  }[];
}

/** What the API says of each recipient, when each was attempted. */
async function readBack(): Promise<ReadonlyMap<number, string>> {
  const { key } = await world.gateway.json<{ key: string }>([
    'api-key',
    'create',
    '--name',
    'reader',
    '--role',
    'auditor',
  ]);
  const classes = new Map<number, string>();
  await waitFor(
    async () => {
      const waiting = await onDatabase(world, (client) =>
        client.query(`select 1 from recipients where attempts = 0 or state = 'sending' limit 1`),
      );
      return waiting.rowCount === 0;
    },
    { timeoutMs: 90_000, what: 'every reply to be heard' },
  );
  for (const id of ids) {
    const url = `http://127.0.0.1:${world.gateway.ports.api}/api/v1/messages/${id}/recipients?limit=200`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
    const { items } = (await response.json()) as Page;
    for (const { forwardPath, bounce } of items)
      if (bounce) classes.set(Number(/\d+/.exec(forwardPath)?.[0]), bounce.class);
  }
  return classes;
}
