import { waitFor } from '@postern/lab';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Load, type Scenario, scenario } from '../src/index.ts';

interface Domain {
  readonly keys: readonly { readonly selector: string; readonly state: string }[];
  readonly records: readonly { readonly name: string; readonly type: string; readonly value: string }[];
}

let world: Scenario;
/** What the world sees: the records that were published up to now. */
const published = new Map<string, string>();

beforeAll(async () => {
  world = await scenario({ negativeTtlSeconds: 1, host: { keepMessages: 100_000, keepOctets: 200_000_000 } });
  await world.gateway.cli(['network', 'add', '127.0.0.1', '--sender', '@lab.example']);
});
afterAll(() => world[Symbol.asyncDispose]());

test('keys are rotated under load, over a crash, and every message verifies when it arrives', async () => {
  publish(await domain('add', 'lab.example', '--settle-seconds', '0', '--retain-seconds', '86400'));
  const verifying = new Verifying();
  const load = new Load({ port: world.gateway.ports.relay, sessions: 2 });
  await verifying.until(() => verifying.signers.size === 2);

  const rotated = await domain('rotate-key', 'lab.example');
  expect(rotated.keys.map(({ state }) => state)).toEqual(['active', 'active', 'pending', 'pending']);
  // The record is not there yet: the old keys go on.
  const before = verifying.count;
  await verifying.until(() => verifying.count > before + 50);
  expect(verifying.signers.size).toBe(2);

  // Whoever takes the steps dies in the middle, without a word: the next one goes on where the rotation is.
  await world.gateway.kill('delivery');
  publish(rotated);
  await world.gateway.run('delivery');
  await verifying.until(() => verifying.signers.size === 4);
  const after = verifying.count;
  await verifying.until(() => verifying.count > after + 20);
  await load.stop();
  const { keys } = await domain('show', 'lab.example');
  expect(keys.map(({ state }) => state)).toEqual(['retired', 'retired', 'active', 'active']);
  expect(verifying.failed).toEqual([]);
});

/** Verifies what has arrived, with the records that are published then. */
class Verifying {
  count = 0;
  readonly signers = new Set<string>();
  readonly failed: unknown[] = [];

  until(reached: () => boolean): Promise<unknown> {
    return waitFor(
      async () => {
        const arrived = world.internet.host.messages.slice(this.count);
        for (const { content } of arrived) await this.#verify(content ?? Buffer.alloc(0));
        return reached();
      },
      { timeoutMs: 60_000, what: 'messages to arrive and verify' },
    );
  }

  async #verify(content: Buffer): Promise<void> {
    this.count += 1;
    const { results } = await dkimVerify(content, { resolver });
    const good = results.filter(({ status }) => status.result === 'pass');
    for (const { selector } of good) this.signers.add(selector ?? '');
    if (good.length !== 2) this.failed.push(results.map(({ status, selector }) => [selector, status.result]));
  }
}

function domain(...parameters: readonly string[]): Promise<Domain> {
  return world.gateway.json<Domain>(['domain', ...parameters]);
}

function publish({ records }: Domain): void {
  for (const { name, type, value } of records) {
    if (type !== 'TXT' || !name.includes('_domainkey') || published.has(name)) continue;
    published.set(name, value);
    const strings = value.match(/.{1,255}/g) ?? [];
    world.internet.zone.add(`${name}. 60 IN TXT ${strings.map((each) => `"${each}"`).join(' ')}`);
  }
}

function resolver(name: string): Promise<string[][]> {
  const record = published.get(name.replace(/\.$/, ''));
  if (record === undefined) return Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));
  return Promise.resolve([[record]]);
}
