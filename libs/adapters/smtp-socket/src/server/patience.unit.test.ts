import { describe, expect, it } from 'vitest';
import { DEFAULT_SERVER_TIMEOUTS, Patience, tickMsFor, type Sight } from './patience.ts';

const calm: Sight = {
  waitingFor: 'command',
  records: 1,
  octets: 0,
  unsent: 0,
  hasBareLineFeed: false,
  stressed: false,
};

/** Ticks once a second with what is seen; answers in which second it was over, and how. */
function watch(sights: (second: number) => Partial<Sight>, seconds = 1000): string {
  const patience = new Patience(DEFAULT_SERVER_TIMEOUTS);
  for (let second = 0; second <= seconds; second++) {
    const verdict = patience.tick({ ...calm, ...sights(second) }, 1000);
    if (verdict !== 'wait') return `${verdict} after ${second} s`;
  }
  return 'waits';
}

describe('Patience', () => {
  it.each<[string, string, (second: number) => Partial<Sight>]>([
    ['silence where a command is due', 'timed-out after 301 s', () => ({})],
    ['a command that drips in', 'timed-out after 301 s', (second) => ({ octets: second })],
    ['a command every minute', 'waits', (second) => ({ records: Math.floor(second / 60) })],
    ['silence under stress', 'timed-out after 11 s', () => ({ stressed: true })],
    [
      'an answer of AUTH that drips in',
      'timed-out after 121 s',
      (second) => ({ waitingFor: 'authentication', octets: second }),
    ],
    ['a handshake that drips in', 'drop after 31 s', (second) => ({ waitingFor: 'tls', octets: second })],
    ['content that has stopped', 'timed-out after 181 s', () => ({ waitingFor: 'content' })],
    ['content that drips in', 'timed-out after 181 s', (second) => ({ waitingFor: 'content', octets: second * 100 })],
    ['content that comes', 'waits', (second) => ({ waitingFor: 'content', octets: second * 1000 })],
    ['content that we hold back', 'waits', () => ({ waitingFor: 'us' })],
    ['a bare LF', 'bare-line-feed after 6 s', () => ({ hasBareLineFeed: true })],
    ['a last reply that nobody reads', 'drop after 3 s', () => ({ waitingFor: 'closing' })],
    ['replies that nobody reads', 'drop after 181 s', (second) => ({ records: second, unsent: 1000 })],
    ['replies that are read slowly', 'waits', (second) => ({ records: second, unsent: 10_000 - second })],
  ])('%s: %s', (_, verdict, sights) => {
    expect(watch(sights)).toBe(verdict);
  });

  it('content that waited for us first has the client\u2019s time only', () => {
    const slow = (second: number): Partial<Sight> => ({
      waitingFor: second % 2 === 0 ? 'us' : 'content',
      octets: second * 300,
    });
    expect(watch(slow)).toBe('waits');
  });
});

it('ticks often enough for the shortest time, and not more', () => {
  expect(tickMsFor(DEFAULT_SERVER_TIMEOUTS)).toBe(500);
  expect(tickMsFor({ ...DEFAULT_SERVER_TIMEOUTS, commandMs: 100 })).toBe(25);
  expect(tickMsFor({ ...DEFAULT_SERVER_TIMEOUTS, commandMs: 1 })).toBe(10);
});
