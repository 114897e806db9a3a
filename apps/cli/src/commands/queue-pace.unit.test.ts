import type { QueuePace } from '@postern/administration';
import { expect, test } from 'vitest';
import { paceFacts } from './queue-pace.ts';

const pace: QueuePace = {
  provider: null,
  lanes: { now: 4, running: 1, least: 1, most: 20, growsAt: null, cause: null },
  rate: { perMinute: null, least: 6, most: null, liftedAt: null, cause: null },
  rest: null,
  unanswered: 1,
  changes: [],
};
const cause = { at: '2026-11-22T12:00:00Z', rule: 'no-answer', host: 'mx.example' };
const until = '2026-11-22T12:05:00Z';

test('what a host said and what we saw there are told apart', () => {
  const restFor = (reply: NonNullable<QueuePace['rest']>['cause']) =>
    paceFacts({ ...pace, rest: { until, cause: reply } }).find(([name]) => name === 'Rest')?.[1];
  expect(restFor({ ...cause, reply: { from: 'remote', code: 421, enhanced: '4.7.0', text: 'Go away' } })).toMatch(
    /, because mx\.example said 421 4\.7\.0 Go away \(no-answer\)$/,
  );
  const refused = { from: 'local', code: 451, enhanced: '4.4.1', text: 'connection refused' } as const;
  expect(restFor({ ...cause, reply: refused })).toMatch(
    /, because of what we saw at mx\.example: connection refused \(no-answer\)$/,
  );
  expect(restFor(null)).not.toContain('because');
});
