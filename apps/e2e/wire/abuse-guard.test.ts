import { waitFor } from '@postern/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onDatabase, submit, type Submitter, type TwoSubmissions, twoSubmissions } from '../src/index.ts';

let two: TwoSubmissions;
beforeAll(async () => {
  two = await twoSubmissions();
});
afterAll(() => two[Symbol.asyncDispose]());

const SMALL = ['volumeFloor=10', 'newDomainsFloor=5', 'learnHours=3'].flatMap((each) => ['--guard-threshold', each]);
const TO = Array.from({ length: 8 }, (_, index) => `r${index}@receiver.example`);

test('new mail of a credential that sends far more than it ever did is held at both processes, until it is released', async () => {
  const world = await credential('hold', ['--guard', 'hold', ...SMALL]);
  await learned('hold', { hours: 5, recipients: 1 });
  // The first is taken as it was; what was learned is known from then on.
  await submit(world[0], undefined, { to: TO });
  await waitFor(async () => (await hour('hold')) === 8, { what: 'the first message to be learned of' });
  expect((await submit(world[0], undefined, { to: TO })).reply).toMatch(/^250 /);
  await waitFor(async () => (await shown('hold')).guard.heldSince !== null, { what: 'the credential to be held' });
  await submit(world[1], undefined, { to: TO.slice(0, 1) });
  expect(await states('hold')).toEqual({ queued: 8, held: 9 });
  const events = await two.world.gateway.json<{ subject: { name: string }; text: string }[]>(['event', 'list']);
  expect(events).toMatchObject([{ kind: 'credential.departure', subject: { name: 'hold' }, severity: 'critical' }]);
  expect(events[0]?.text).toMatch(/1[67] recipients within an hour; it was never more than 1/);

  await two.world.gateway.cli(['credential', 'release', 'hold', '--reason', 'newsletter']);
  expect(await states('hold')).toEqual({ queued: 17 });
  expect(await two.world.gateway.json(['event', 'list'])).toEqual([]);
  await submit(world[0], undefined, { to: TO });
  expect(await states('hold')).toEqual({ queued: 25 });
});

test('where the guard observes, mail goes on and an event is raised; where it is off, nothing is learned', async () => {
  const observed = await credential('observe', SMALL);
  const off = await credential('off', ['--guard', 'off', ...SMALL]);
  for (const name of ['observe', 'off']) await learned(name, { hours: 5, recipients: 1 });
  for (let round = 0; round < 3; round += 1)
    for (const world of [observed[0], off[1]]) await submit(world, undefined, { to: TO });
  await waitFor(
    async () => {
      const events = await two.world.gateway.json<{ subject: { name: string } }[]>(['event', 'list']);
      return (
        events.some(({ subject }) => subject.name === 'observe') &&
        !events.some(({ subject }) => subject.name === 'off')
      );
    },
    { what: 'an event about the one that is observed' },
  );
  expect(await states('observe')).toEqual({ queued: 24 });
  expect(await states('off')).toEqual({ queued: 24 });
  expect(await hour('off')).toBe(0);
});

test('many new recipient domains are a departure, the same ones again are not', async () => {
  const [world] = await credential('domains', [
    '--guard',
    'hold',
    '--guard-threshold',
    'volumeFloor=1000',
    ...SMALL.slice(2),
  ]);
  await learned('domains', { hours: 5, recipients: 1000 });
  const to = Array.from({ length: 4 }, (_, index) => `a@d${index}.receiver.example`);
  for (let round = 0; round < 3; round += 1) await submit(world, undefined, { to });
  await waitFor(async () => (await hour('domains')) === 12, { what: 'all to be learned of' });
  expect((await shown('domains')).guard.heldSince).toBeNull();
  await submit(world, undefined, { to: to.map((each) => each.replace('@d', '@e')) });
  await waitFor(async () => (await shown('domains')).guard.heldSince !== null, { what: 'new domains to be seen' });
});

/** A credential, as clients of both processes. */
async function credential(name: string, options: readonly string[]): Promise<readonly [Submitter, Submitter]> {
  const made = await two.world.gateway.credential(name, ['@lab.example'], options);
  return [two.at(0, made), two.at(1, made)];
}

/** Hours in which it has sent before. */
async function learned(name: string, { hours, recipients }: { hours: number; recipients: number }): Promise<void> {
  await onDatabase(two.world, (client) =>
    client.query(
      `insert into submitter_hours (submitter_id, hour, messages, recipients, new_domains, from_new_network)
       select id, date_trunc('hour', now()) - ago * interval '1 hour', 1, $3, 0, 0
       from credentials, generate_series(1, $2::int) as ago where name = $1`,
      [name, hours, recipients],
    ),
  );
}

/** Recipients of this hour that the store knows of. */
function hour(name: string): Promise<number> {
  return onDatabase(two.world, async (client) => {
    const found = await client.query<{ recipients: number }>(
      `select coalesce(sum(h.recipients), 0)::int as recipients from submitter_hours h
       join credentials c on c.id = h.submitter_id where c.name = $1 and h.hour = date_trunc('hour', now())`,
      [name],
    );
    return found.rows[0]?.recipients ?? 0;
  });
}

function shown(name: string): Promise<{ readonly guard: { readonly heldSince: string | null } }> {
  return two.world.gateway.json(['credential', 'show', name]);
}

/** How many recipients of its mail are in which state. */
function states(name: string): Promise<Record<string, number>> {
  return onDatabase(two.world, async (client) => {
    const found = await client.query<{ state: string; recipients: number }>(
      `select r.state, count(*)::int as recipients from recipients r join messages m on m.id = r.message_id
       join credentials c on c.id = m.credential_id where c.name = $1 group by r.state`,
      [name],
    );
    return Object.fromEntries(found.rows.map(({ state, recipients }) => [state, recipients]));
  });
}
