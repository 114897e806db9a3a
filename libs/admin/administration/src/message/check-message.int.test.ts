import { formatKeyRecord, generateDkimKey } from '@postern/dkim';
import type { Resolver } from '@postern/dns';
import { expect } from 'vitest';
import { addDomain } from '../sending-domain/add-domain.ts';
import { importDomainKey } from '../sending-domain/import-key.ts';
import { test, type Scenario } from '../testing/scenario.ts';
import { checkMessage } from './check-message.ts';

test('a message is found signed and aligned once the world sees the key that signed it', async ({ scenario }) => {
  const id = await signed(scenario);
  const published = new Map<string, string>();
  const statuses = async () => {
    const resolver = zone(scenario.context.resolver, published);
    const outcome = await checkMessage({ ...scenario.context, resolver }, { params: { id } });
    const { status, lines } = 'ok' in outcome ? outcome.ok : expect.unreachable(outcome.refused.detail);
    return [status, ...lines.map((line) => `${line.id} ${line.status}`)];
  };
  expect(await statuses()).toEqual(['fail', 'signature:mail fail', 'alignment fail']);
  const domain = (await scenario.store.admin.findDomain({ name: 'example.org' })) ?? expect.unreachable();
  const key = domain.keys.find(({ selector }) => selector === 'mail') ?? expect.unreachable();
  published.set('mail._domainkey.example.org', formatKeyRecord(key));
  expect(await statuses()).toEqual(['pass', 'signature:mail pass', 'alignment pass']);
});

test('a message that was not signed is told so, and one that there is not is not found', async ({ scenario }) => {
  const { context, accept } = scenario;
  const resolver = zone(context.resolver, new Map());
  const outcome = await checkMessage({ ...context, resolver }, { params: { id: await accept() } });
  expect(outcome).toMatchObject({ ok: { lines: [{ id: 'signature', status: 'warn' }, { status: 'fail' }] } });
  const params = { id: '0199a000-0000-7000-8000-00000000ffff' };
  expect(await checkMessage(context, { params })).toMatchObject({ refused: { code: 'not-found' } });
});

async function signed({ context, accept }: Scenario): Promise<string> {
  await addDomain(context, { body: { name: 'example.org' } });
  const body = { selector: 'mail', privateKey: await generateDkimKey('ed25519-sha256') };
  await importDomainKey(context, { params: { domain: 'example.org' }, body });
  const signature =
    'DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n d=example.org;\r\n s=mail; h=from; bh=AA==; b=AA==\r\n';
  return accept(['b@example.com'], { traceFields: Buffer.from(`${signature}Received: x\r\n`) });
}

function zone(silent: Resolver, records: ReadonlyMap<string, string>): Resolver {
  return {
    ...silent,
    txt(name) {
      const about = { authentic: false, ttlSeconds: 60, canonicalName: name };
      const text = records.get(name);
      return Promise.resolve(
        text === undefined ? { kind: 'nxdomain', ...about } : { kind: 'found', records: [text], ...about },
      );
    },
  };
}
