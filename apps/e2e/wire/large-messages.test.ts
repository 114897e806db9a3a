import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { scenario } from '../src/index.ts';

const MESSAGES = 100;
const OCTETS = Number(process.env['LARGE_MESSAGE_OCTETS'] ?? 8 * 1024 * 1024);
const MIB = 1024 * 1024;

test(
  `${MESSAGES} large messages at once arrive whole, and neither submission nor delivery takes 300 MiB for them`,
  { timeout: 900_000 },
  async () => {
    await using world = await scenario({ host: { token: 'X-Token', keepOctets: 0 } });
    const { gateway, internet } = world;
    await gateway.cli(['network', 'add', '127.0.0.0/8', '--sender', '@lab.example']);
    const replies = await Promise.all(
      Array.from({ length: MESSAGES }, (_, index) => sendLarge(gateway.ports.relay, `large-${index}`)),
    );
    expect(replies.filter((reply) => !reply.startsWith('250'))).toEqual([]);
    const received = await internet.host.waitForCount(MESSAGES, 600_000);
    expect(new Set(received.map((each) => each.token)).size).toBe(MESSAGES);
    // Every body is the same, so every digest is: nothing was cut, nothing was mixed.
    expect(new Set(received.map((each) => each.bodySha256)).size).toBe(1);
    expect(Math.min(...received.map((each) => each.sizeOctets))).toBeGreaterThan(OCTETS);
    for (const service of ['submission', 'delivery']) {
      const peak = peakMemory(gateway.pid(service));
      console.info(`${service}: at most ${Math.round(peak / MIB)} MiB`);
      expect(peak).toBeLessThan(300 * MIB);
    }
  },
);

/** Submits one large message, line by line as fast as the gateway reads; answers the last reply. */
function sendLarge(port: number, token: string): Promise<string> {
  const line = `${'0123456789abcdef'.repeat(4)}\r\n`;
  const block = Buffer.from(line.repeat(1_000));
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    let reply = '';
    let step = 0;
    let left = Math.ceil(OCTETS / block.length);
    const steps = [
      'EHLO large.lab.example\r\n',
      'MAIL FROM:<app@lab.example>\r\n',
      'RCPT TO:<someone@receiver.example>\r\n',
      'DATA\r\n',
    ];
    const pour = () => {
      while (left > 0) {
        left -= 1;
        if (!socket.write(block)) return;
      }
      socket.off('drain', pour);
      socket.write('.\r\n');
    };
    socket.setEncoding('latin1').on('data', (text: string) => {
      reply += text;
      if (!/^\d{3} .*\r\n$/m.test(reply)) return;
      const said = reply;
      reply = '';
      const next = steps[step];
      step += 1;
      if (next !== undefined) return void socket.write(next);
      if (step === steps.length + 1 && said.startsWith('354')) {
        socket.write(`From: app@lab.example\r\nX-Token: ${token}\r\n\r\n`);
        socket.on('drain', pour);
        return pour();
      }
      socket.end('QUIT\r\n');
      resolve(said);
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('closed')));
  });
}

/** The most memory that a process has held, in octets. */
function peakMemory(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}
