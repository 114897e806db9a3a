import { afterAll, beforeAll, expect, test } from 'vitest';
import { authenticated, type Scenario, scenario, sendRaw, SOUND } from '../src/index.ts';

let world: Scenario;
beforeAll(async () => {
  world = await scenario({ env: { POSTERN_RECEIVED_CLIENT: 'hidden' } });
});
afterAll(() => world?.[Symbol.asyncDispose]());

test('with the client hidden our Received field says when and how, and not from where; loops are found all the same', async () => {
  using client = await authenticated(world);
  expect(await sendRaw(client, SOUND)).toMatchObject({ code: 250 });
  const [arrived] = await world.internet.host.waitForCount(1);
  const text = arrived?.content?.toString() ?? '';
  expect(text.replaceAll(/\r\n\s+/g, ' ')).toMatch(
    /^Received: by gateway\.lab\.example with ESMTPSA id \S+ for <\S+>; /,
  );
  expect(text).not.toMatch(/127\.0\.0\.1|client\.lab\.example|TLS_/);
  const received = text.slice(0, text.indexOf('From: '));
  expect((await sendRaw(client, received.repeat(4) + SOUND)).text).toMatch(/^554 5\.4\.6 /);
});
