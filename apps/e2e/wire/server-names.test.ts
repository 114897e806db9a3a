import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { selfSigned, temporaryDirectory, type TemporaryDirectory } from '@postern/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RawClient, type Scenario, scenario } from '../src/index.ts';

let world: Scenario;
let directory: TemporaryDirectory;
beforeAll(async () => {
  directory = await temporaryDirectory();
  const names = ['one', 'two'];
  for (const name of names) await write(name, `${name}.lab.example`);
  const files = (ending: string) => names.map((name) => join(directory.path, `${name}.${ending}`)).join(',');
  world = await scenario({
    services: ['submission'],
    env: { POSTERN_TLS_CERT: files('pem'), POSTERN_TLS_KEY: files('key') },
  });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await directory.remove();
});

async function write(file: string, name: string): Promise<void> {
  const { certificate, key } = await selfSigned([name]);
  for (const [ending, text] of [
    ['key', key],
    ['pem', certificate],
  ] as const) {
    const path = join(directory.path, `${file}.${ending}`);
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
  }
}

async function shownTo(servername: string | undefined): Promise<string | undefined> {
  const tls = servername === undefined ? {} : { servername };
  using client = await RawClient.connect(world.gateway.ports.submissions, { tls });
  expect((await client.read()).code).toBe(220);
  if (!(client.socket instanceof TLSSocket)) throw new Error('There is no TLS');
  return client.socket.getPeerCertificate().subjectaltname;
}

test('each name is shown its own certificate, and a name that is nobody’s the first', async () => {
  expect(await shownTo('one.lab.example')).toBe('DNS:one.lab.example');
  expect(await shownTo('TWO.lab.example')).toBe('DNS:two.lab.example');
  for (const name of [undefined, 'three.lab.example', 'lab.example'])
    expect(await shownTo(name)).toBe('DNS:one.lab.example');
});

test.each(['two.lab.example\\', `${'a'.repeat(60)}.${'b'.repeat(60)}.two.lab.example`, '*', '..', '-'])(
  'a server name of %j harms nobody',
  async (name) => {
    expect(await shownTo(name)).toBe('DNS:one.lab.example');
  },
);

test('a certificate that is renewed is shown without a restart, and the others stay', async () => {
  await write('two', 'renewed.lab.example');
  await expect.poll(() => shownTo('renewed.lab.example'), { timeout: 20_000 }).toBe('DNS:renewed.lab.example');
  expect(await shownTo('one.lab.example')).toBe('DNS:one.lab.example');
});
