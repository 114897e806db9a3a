import { inTurn, scriptedHost, type ScriptedHostOptions } from '@postern/lab';
import type { DialEnd, DialTarget } from '@postern/smtp-client';
import { describe, expect, it } from 'vitest';
import { createDialer } from './dialer.ts';
import type { ClientTimeouts } from './timeouts.ts';

/** Dials a host that does what the script says. */
async function dial(
  script: ScriptedHostOptions['script'],
  changes: Partial<DialTarget> & { readonly timeouts?: Partial<ClientTimeouts> } = {},
): Promise<{ end: DialEnd; heard: readonly string[]; connections: number }> {
  await using host = await scriptedHost({ address: '127.0.0.21', script });
  const { timeouts, ...target } = changes;
  const dialer = createDialer({ localName: 'us.example.org', ...(timeouts ? { timeouts } : {}) });
  const end = await dialer.dial({
    host: 'mx.example.com',
    address: host.address,
    port: host.port,
    demand: { kind: 'opportunistic' },
    ...target,
  });
  if (end.kind === 'connected') await end.connection.close();
  return { end, heard: host.heard, connections: host.connections };
}

describe('dialling', () => {
  it('opens a session and tells what the host is and offers', async () => {
    const { end, heard } = await dial(
      inTurn('220 mx.example.com ESMTP', '250-mx\r\n250-SIZE 9\r\n250 PIPELINING', '221 bye'),
    );
    expect(end).toMatchObject({
      kind: 'connected',
      connection: {
        facts: {
          host: 'mx.example.com',
          address: '127.0.0.21',
          banner: 'mx.example.com ESMTP',
          extensions: { pipelining: true, maxSizeOctets: 9 },
          tlsFailure: { resultType: 'starttls-not-supported' },
          stepsMs: { connect: expect.any(Number), greeting: expect.any(Number), ehlo: expect.any(Number) },
        },
      },
    });
    expect(heard).toEqual(['EHLO us.example.org', 'QUIT']);
  });

  it('uses the source address and the name that the target says', async () => {
    const { end, heard } = await dial(inTurn('220 mx', '250 mx', '221 bye'), {
      localAddress: '127.0.0.22',
      localName: 'other.example.org',
    });
    expect(end).toMatchObject({ connection: { facts: { localAddress: '127.0.0.22' } } });
    expect(heard[0]).toBe('EHLO other.example.org');
  });

  it.each<[string, ScriptedHostOptions['script'], string, string]>([
    ['closes on connect', async (client) => client.close(), 'greeting', 'lost'],
    [
      'resets on connect',
      async (client) => client.reset(),
      expect.any(String),
      expect.stringMatching(/lost|unreachable/),
    ],
    ['greets with 421', inTurn('421 4.3.2 busy'), 'greeting', 'refused'],
    ['greets with 521', inTurn('521 no mail here'), 'greeting', 'refused'],
    ['greets with 554', inTurn('554 5.7.1 go away'), 'greeting', 'refused'],
    ['greets with 354', inTurn('354 go on'), 'greeting', 'protocol'],
    ['greets as another protocol', inTurn('SSH-2.0-OpenSSH_9.2'), 'greeting', 'protocol'],
    ['greets in HTTP', inTurn('HTTP/1.1 400 Bad Request\r\n\r\n'), 'greeting', 'protocol'],
    ['greets with different codes', inTurn('220-mx\r\n250 mx'), 'greeting', 'protocol'],
    [
      'greets with a line without end',
      async (client) => client.say('220 ' + 'x'.repeat(100_000)),
      'greeting',
      'protocol',
    ],
    ['greets with lines without end', async (client) => client.say('220-x\r\n'.repeat(10_000)), 'greeting', 'protocol'],
    ['greets with octets', async (client) => client.say('\0\xff\r\n'), 'greeting', 'protocol'],
    ['says the reply to EHLO with the greeting', inTurn('220 mx\r\n250 mx'), 'greeting', 'protocol'],
    ['says 421 with the greeting', inTurn('220 mx\r\n421 busy'), 'greeting', 'refused'],
    ['answers EHLO with 550', inTurn('220 mx', '550 not you'), 'ehlo', 'refused'],
    ['answers EHLO with 421', inTurn('220 mx', '421 busy'), 'ehlo', 'refused'],
    ['answers EHLO with garbage', inTurn('220 mx', 'huh?'), 'ehlo', 'protocol'],
    ['answers EHLO with 354', inTurn('220 mx', '354 go on'), 'ehlo', 'protocol'],
    ['answers EHLO with different codes', inTurn('220 mx', '250-mx\r\n500 SIZE'), 'ehlo', 'protocol'],
    ['answers HELO with 550', inTurn('220 mx', '500 what', '550 not you'), 'ehlo', 'refused'],
  ])('a host that %s refuses the session', async (_, script, stage, kind) => {
    const { end } = await dial(script);
    expect(end).toMatchObject({ kind: 'refused', refusal: { fault: { stage, kind, maybeDelivered: false } } });
  });

  it('a host that knows only HELO will do', async () => {
    const { end, heard } = await dial(inTurn('220 mx', '502 what', '250 mx', '221 bye'));
    expect(end).toMatchObject({ connection: { facts: { extensions: { greetedBy: 'HELO' } } } });
    expect(heard).toEqual(['EHLO us.example.org', 'HELO us.example.org', 'QUIT']);
  });

  it('a host that closes after EHLO refuses the session', async () => {
    const { end } = await dial(async (client) => {
      client.say('220 mx');
      await client.line();
      client.close();
    });
    expect(end).toMatchObject({ kind: 'refused', refusal: { fault: { stage: 'ehlo', kind: 'lost' }, banner: 'mx' } });
  });

  it.each<[string, string[], Partial<ClientTimeouts>, string]>([
    ['greet', [], { greetingMs: 60 }, 'greeting'],
    ['answer EHLO', ['220 mx'], { ehloMs: 60 }, 'ehlo'],
    ['answer STARTTLS', ['220 mx', '250-mx\r\n250 STARTTLS'], { ehloMs: 60 }, 'starttls'],
  ])('a host that does not %s in time refuses the session', async (_, replies, timeouts, stage) => {
    const { end } = await dial(inTurn(...replies), { timeouts });
    expect(end).toMatchObject({ kind: 'refused', refusal: { fault: { stage, kind: 'timeout', enhanced: '4.4.2' } } });
  });

  it('a reply of one octet at a time is bounded by the same deadline', async () => {
    const { end } = await dial(
      async (client) => {
        for (const octet of '220-welcome\r\n'.repeat(1000)) {
          client.say(`${octet}`);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      },
      { timeouts: { greetingMs: 100 } },
    );
    expect(end.kind).toBe('refused');
  });

  it('says QUIT to a host that refused it politely', async () => {
    const said = Promise.withResolvers<string>();
    await using host = await scriptedHost({
      script: async (client) => {
        client.say('554 5.7.1 go away');
        said.resolve(await client.line());
      },
    });
    const dialer = createDialer({ localName: 'us.example.org' });
    await dialer.dial({ host: 'mx', address: host.address, port: host.port, demand: { kind: 'opportunistic' } });
    expect(await said.promise).toBe('QUIT');
  });
});

describe('no connection', () => {
  const dialer = createDialer({ localName: 'us.example.org', timeouts: { connectMs: 200 } });
  const target = { host: 'mx.example.com', address: '127.0.0.21', port: 1, demand: { kind: 'opportunistic' } } as const;

  it('a port where nobody listens is unreachable', async () => {
    expect(await dialer.dial(target)).toMatchObject({
      kind: 'refused',
      refusal: { fault: { stage: 'connect', kind: 'unreachable', enhanced: '4.4.1' } },
    });
  });

  it.each([
    ['a name', { address: 'localhost' }],
    ['a port beyond all ports', { port: 70_000 }],
    ['a source address of another machine', { localAddress: '192.0.2.1' }],
    ['a source address of the other family', { localAddress: '::1' }],
  ])('%s cannot be dialled, and that is no fault of the host', async (_, changes) => {
    expect(await dialer.dial({ ...target, ...changes })).toMatchObject({
      kind: 'refused',
      refusal: { fault: { stage: 'connect', kind: 'local' } },
    });
  });

  it('a signal gives up at any stage', async () => {
    const greeted = Promise.withResolvers<string>();
    await using host = await scriptedHost({
      script: async (client) => {
        client.say('220 mx');
        greeted.resolve(await client.line());
      },
    });
    const { signal, abort } = stoppable();
    const silent = { ...target, address: host.address, port: host.port, signal };
    const end = dialer.dial(silent);
    await greeted.promise;
    abort();
    expect(await end).toMatchObject({ kind: 'refused', refusal: { fault: { stage: 'ehlo', kind: 'local' } } });
    expect(await dialer.dial(silent)).toMatchObject({ refusal: { fault: { stage: 'connect', kind: 'local' } } });
  });
});

function stoppable(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
