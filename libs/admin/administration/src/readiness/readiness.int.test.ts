import type { Answer, Resolver } from '@postern/dns';
import { expect } from 'vitest';
import type { Machine } from '../ports/machine.ts';
import { soundMachine, test, type Scenario } from '../testing/scenario.ts';
import { addRoute } from '../route/add-route.ts';
import { suspend } from '../suspension/suspend.ts';
import { addDomain } from '../sending-domain/add-domain.ts';
import { showReadiness } from './show-readiness.ts';

/** A DNS in which our name and one receiver's mail host are known. */
const SOUND: Resolver = {
  mx: (name) => found(name, name === 'receiver.example' ? [{ preference: 10, exchange: 'mx.receiver.example' }] : []),
  addresses: (name) =>
    found(
      name,
      { 'gateway.example.org': ['192.0.2.25'], 'mx.receiver.example': ['198.51.100.1'] }[name]?.map(
        (address) => ({ family: 4, address }) as const,
      ) ?? [],
    ),
  txt: (name) => found(name, []),
  ptr: (address) => found(address, address === '192.0.2.25' ? ['gateway.example.org'] : []),
  tlsa: (name) => found(name, []),
  cname: (name) => found(name, []),
};

async function readiness(
  { context }: Scenario,
  change: { machine?: Partial<Machine>; resolver?: Partial<Resolver> } = {},
) {
  const machine = { ...soundMachine, ...change.machine };
  const resolver = { ...SOUND, ...change.resolver };
  const outcome = await showReadiness({ ...context, machine, resolver }, { query: { domain: 'receiver.example' } });
  const ok = 'ok' in outcome ? outcome.ok : expect.unreachable(outcome.refused.detail);
  return { status: ok.status, line: (id: string) => ok.lines.find((each) => each.id.startsWith(id)) };
}

test('of a sound machine only the missing sending domain is told', async ({ scenario }) => {
  const { status, line } = await readiness(scenario);
  expect(status).toBe('warn');
  expect(line('domains')?.status).toBe('warn');
  expect(line('port')).toMatchObject({ status: 'pass', found: 'mx.receiver.example (198.51.100.1) takes connections' });
  const added = await addDomain(scenario.context, { body: { name: 'example.org', subDomains: true } });
  expect((await readiness(scenario)).line('domain:')?.found).toBe('It was not checked yet');
  const id = 'ok' in added ? added.ok.id : '';
  const domain = (await scenario.store.admin.findDomain({ id })) ?? expect.unreachable();
  await scenario.store.domains.keepCheck(domain, { checkedAt: new Date(), status: 'pass', lines: [] });
  expect((await readiness(scenario)).status).toBe('pass');
});

test('that port 25 was not tried is not green', async ({ scenario }) => {
  const outcome = await showReadiness({ ...scenario.context, resolver: SOUND }, { query: {} });
  const line = 'ok' in outcome ? outcome.ok.lines.find(({ id }) => id === 'port') : undefined;
  expect(line).toMatchObject({ status: 'warn', remedy: expect.stringContaining('--to') });
});

test('where all mail takes a smarthost, that is dialled, and a blocked port 25 does no harm', async ({ scenario }) => {
  const body = { name: 'upstream', host: 'mx.receiver.example', port: 587, domains: ['*'] };
  expect(await addRoute(scenario.context, { body })).toHaveProperty('ok');
  const dialled: unknown[] = [];
  const machine = {
    ...soundMachine,
    dial: (address: string, port?: number) => {
      dialled.push([address, port]);
      return Promise.resolve(port === 587 ? ('open' as const) : ('timeout' as const));
    },
  };
  const outcome = await showReadiness({ ...scenario.context, machine, resolver: SOUND }, { query: {} });
  const lines = 'ok' in outcome ? outcome.ok.lines : [];
  expect(lines.find(({ id }) => id === 'smarthost')?.status).toBe('pass');
  expect(lines.find(({ id }) => id === 'port')?.status).toBe('info');
  expect(dialled).toEqual([['198.51.100.1', 587]]);
});

test('DSNs and TLS reports that would leave unsigned are told, until a sending domain covers the host name', async ({
  scenario,
}) => {
  await addDomain(scenario.context, { body: { name: 'example.org' } });
  expect((await readiness(scenario)).line('own-mail')).toMatchObject({
    status: 'warn',
    found: 'No sending domain covers gateway.example.org, from which they are',
    remedy: 'postern domain add gateway.example.org',
  });
  await addDomain(scenario.context, { body: { name: 'gateway.example.org' } });
  expect((await readiness(scenario)).line('own-mail')).toMatchObject({
    status: 'pass',
    found: 'are signed by gateway.example.org',
  });
  await scenario.store.pool.query(`update dkim_keys set state = 'retired'`);
  expect((await readiness(scenario)).line('own-mail')).toMatchObject({ status: 'warn' });
});

test.for([
  ['port 25 is blocked', 'port', 'fail', { dial: () => Promise.resolve('timeout') }],
  ['the mail host is in special-use space', 'port', 'fail', { dial: () => Promise.resolve('forbidden') }],
  ['the database is away', 'database', 'fail', { database: () => Promise.resolve({ kind: 'away' }) }],
  [
    'the database is not durable',
    'database',
    'warn',
    {
      database: () =>
        Promise.resolve({
          kind: 'there',
          version: '18',
          now: new Date(),
          here: true,
          settings: { fsync: 'off' },
        }),
    },
  ],
  [
    'the clock is wrong',
    'clock',
    'fail',
    {
      database: () =>
        Promise.resolve({
          kind: 'there',
          version: '18',
          now: new Date(Date.now() - 60_000),
          here: false,
          settings: {},
        }),
    },
  ],
  ['Redis may evict', 'redis', 'fail', { redis: () => Promise.resolve({ fault: 'Redis may evict keys' }) }],
  [
    'a listener is closed',
    'listener',
    'fail',
    { listeners: () => Promise.resolve([{ service: 'relay', address: 'x', open: false }]) },
  ],
  ['the disk is full', 'disk', 'fail', { disk: () => Promise.resolve({ freeOctets: 1e6, totalOctets: 1e12 }) }],
  [
    'the certificate has ended',
    'certificate',
    'fail',
    { certificate: () => soundMachine.certificate().then((each) => ({ ...each, validTo: new Date(0) })) },
  ],
  [
    'the certificate is of our own making',
    'certificate',
    'warn',
    { certificate: () => soundMachine.certificate().then((each) => ({ ...each, made: 'generated' })) },
  ],
  ['nothing keeps the clock', 'clock', 'warn', { keepsTime: () => Promise.resolve(false) }],
  ['no resolver validates', 'dnssec', 'warn', { dnssec: () => Promise.resolve({ believed: false, because: 'x' }) }],
] as const)('when %s, %s says so with a remedy', async ([, id, status, machine], { scenario }) => {
  const found = await readiness(scenario, { machine: machine as Partial<Machine> });
  expect(found.line(id)).toMatchObject({ status, remedy: expect.stringMatching(/\w/) });
  expect(found.status).toBe(status);
});

test('a DNS that does not answer keeps mail from going out', async ({ scenario }) => {
  const failed = () => Promise.resolve({ kind: 'failed', reason: 'timeout' } as const);
  const { status, line } = await readiness(scenario, {
    resolver: { mx: failed, addresses: failed, txt: failed, ptr: failed },
  });
  expect(line('dns')?.status).toBe('fail');
  expect(status).toBe('fail');
});

function found<Record>(name: string, records: readonly Record[]): Promise<Answer<Record>> {
  const about = { authentic: false, ttlSeconds: 60, canonicalName: name };
  return Promise.resolve(records.length > 0 ? { kind: 'found', records, ...about } : { kind: 'nodata', ...about });
}

test('that all mail is suspended fails, with who did it and how to go on', async ({ scenario }) => {
  expect((await readiness(scenario)).line('stop')).toBeUndefined();
  const body = { scope: 'all' as const, subject: '', reason: 'a leak' };
  expect(await suspend(scenario.context, { body })).toHaveProperty('ok');
  const { status, line } = await readiness(scenario);
  expect(status).toBe('fail');
  expect(line('stop')).toMatchObject({
    found: expect.stringMatching(/^All mail is suspended by owner@example\.org until .*: a leak$/),
    remedy: 'postern queue resume --all',
  });
});
