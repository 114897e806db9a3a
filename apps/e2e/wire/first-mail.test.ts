import { swaks } from '@postern/lab';
import { describe, expect, test } from 'vitest';
import { BACKENDS, scenario } from '../src/index.ts';

describe.each(BACKENDS)('with lanes on %s', (backend) => {
  test('a mail over STARTTLS and one over TLS from the start arrive at the mail host that the MX record names', async () => {
    await using world = await scenario({ backend });
    const { gateway, internet, user, password } = world;
    const common = { address: '127.0.0.1', from: 'app@lab.example', to: 'someone@receiver.example', user, password };
    const starttls = await swaks({ ...common, port: gateway.ports.submission, tls: 'starttls', mechanism: 'PLAIN' });
    const implicit = await swaks({ ...common, port: gateway.ports.submissions, tls: 'implicit', mechanism: 'LOGIN' });
    expect(starttls).toMatchObject({ code: 0 });
    expect(implicit).toMatchObject({ code: 0 });
    const received = await internet.host.waitForCount(2, 20_000);
    expect(received.map((each) => [each.reversePath, each.forwardPaths])).toEqual([
      ['app@lab.example', ['someone@receiver.example']],
      ['app@lab.example', ['someone@receiver.example']],
    ]);
    expect(internet.host.misbehaviour).toEqual([]);
    expect(await gateway.settled()).toMatchObject({ accepted: 2, delivered: 2 });
  });

  test('the id in the 250 is the id under which the message is shown', async () => {
    await using world = await scenario({ backend });
    const { gateway, user, password } = world;
    const { output } = await swaks({
      address: '127.0.0.1',
      port: gateway.ports.submission,
      tls: 'starttls',
      from: 'app@lab.example',
      to: 'someone@receiver.example',
      user,
      password,
    });
    const id = /250 2\.0\.0 Accepted as ([0-9a-f-]{36})/.exec(output)?.[1] ?? '';
    await gateway.settled();
    const shown = await gateway.json<{
      id: string;
      recipientPage: { items: { state: string; forwardPath: string }[] };
    }>(['message', 'show', id]);
    expect(shown.id).toBe(id);
    expect(shown.recipientPage.items).toMatchObject([{ state: 'delivered', forwardPath: 'someone@receiver.example' }]);
  });
});
