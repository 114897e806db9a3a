import { expect, test } from 'vitest';
import { deduplicationId, laneJob } from './lane-job.ts';

const lanes = [0, 1, 7, 20, 2_147_483_647].flatMap((queueId) => [0, 19].map((lane) => ({ queueId, lane })));

test.each(lanes)('the key of lane $lane of queue $queueId is one that BullMQ takes: no integer, no colon', (lane) => {
  expect(deduplicationId(lane)).toMatch(/^[a-z][a-z0-9-]*$/);
});

test('no two lanes have the same key', () => {
  expect(new Set(lanes.map(deduplicationId)).size).toBe(lanes.length);
});

test('a job carries two numbers and nothing else: no address, no content, no secret', () => {
  const lane = { queueId: 7, lane: 3, reversePath: 'someone@example.org' };
  expect(laneJob(lane).data).toEqual({ queueId: 7, lane: 3 });
});

test('no job has an id of its own and none is kept when it has ended: a kept one would swallow wake-ups', () => {
  const { opts } = laneJob({ queueId: 7, lane: 3 });
  expect(opts).toMatchObject({ removeOnComplete: true, removeOnFail: true });
  expect(opts).not.toHaveProperty('jobId');
  expect(opts).not.toHaveProperty('delay');
});
