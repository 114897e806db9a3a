import { replies } from '@postern/smtp';
import { describe, expect, it } from 'vitest';
import type { ContentSink } from '../policy.ts';
import { ContentReceiver } from './content-receiver.ts';

function scenario(own: Partial<ContentSink> = {}) {
  const calls: string[] = [];
  const faults: unknown[] = [];
  const sink: ContentSink = {
    write: (chunk) => void calls.push(`write ${chunk.toString()}`),
    end: ({ octets }) => {
      calls.push(`end ${octets}`);
      return Promise.resolve(replies.ok);
    },
    abort: (reason) => void calls.push(`abort ${reason}`),
    ...own,
  };
  const receiver = new ContentReceiver({ sink, maxOctets: 10, onFault: (error) => void faults.push(error) });
  return { receiver, calls, faults };
}

describe('ContentReceiver', () => {
  it('hands content and its end to the sink', async () => {
    const { receiver, calls } = scenario();
    receiver.push(Buffer.from('ab\r\n'));
    expect(receiver.push(Buffer.from('.\r\nQUIT'))).toEqual({ ready: undefined, rest: Buffer.from('QUIT') });
    expect(await receiver.end()).toEqual({ kind: 'answered', reply: replies.ok });
    expect(calls).toEqual(['write ab\r\n', 'end 4']);
  });

  it('stops giving at the limit, and reads on to the end', async () => {
    const { receiver, calls } = scenario();
    receiver.push(Buffer.from('12345678\r\n'));
    receiver.push(Buffer.from('1'));
    expect(receiver.push(Buffer.from('2\r\n.\r\n')).rest).toEqual(Buffer.alloc(0));
    expect(await receiver.end()).toEqual({ kind: 'dropped', because: 'too-big' });
    expect(calls).toEqual(['write 12345678\r\n', 'abort too-big']);
    expect(receiver.droppedOctets).toBe(6);
  });

  it('drops stray content', async () => {
    const { receiver, calls } = scenario();
    receiver.push(Buffer.from('a\nb\r\n.\r\n'));
    expect(await receiver.end()).toEqual({ kind: 'dropped', because: 'stray-octet' });
    expect(calls).toEqual(['abort stray-octet']);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('full');
      },
    ],
    ['rejects', () => Promise.reject(new Error('full'))],
  ])('a sink whose write %s ends the message, not the session', async (_, write) => {
    const { receiver, calls, faults } = scenario({ write });
    await receiver.push(Buffer.from('a\r\n')).ready;
    await receiver.push(Buffer.from('b\r\n.\r\n')).ready;
    expect(await receiver.end()).toEqual({ kind: 'dropped', because: 'sink-failed' });
    expect(calls).toEqual(['abort sink-failed']);
    expect(faults).toHaveLength(1);
  });

  it('a sink whose end rejects has accepted nothing', async () => {
    const { receiver, faults } = scenario({ end: () => Promise.reject(new Error('gone')) });
    receiver.push(Buffer.from('a\r\n.\r\n'));
    expect(await receiver.end()).toEqual({ kind: 'dropped', because: 'sink-failed' });
    expect(faults).toHaveLength(1);
  });

  it('a lost connection aborts, but not what was handed over', () => {
    const lost = scenario();
    lost.receiver.push(Buffer.from('a\r\n'));
    lost.receiver.disconnected();
    expect(lost.calls).toEqual(['write a\r\n', 'abort disconnected']);

    const handedOver = scenario({ end: () => new Promise(() => undefined) });
    handedOver.receiver.push(Buffer.from('a\r\n.\r\n'));
    void handedOver.receiver.end();
    handedOver.receiver.disconnected();
    expect(handedOver.calls).toEqual(['write a\r\n']);
  });
});
