import { createMetrics } from '@postern/observability';
import type { AcceptStore, NewMessage } from '@postern/queue';
import { expect, test } from 'vitest';
import { measuredAccept } from './measured-accept.ts';

test('batches are counted by what is in them, and one that failed counts nothing as accepted', async () => {
  const metrics = createMetrics({ service: 'submission' });
  let away = false;
  const store = measuredAccept(
    { accept: () => (away ? Promise.reject(new Error('away')) : Promise.resolve()) } as unknown as AcceptStore,
    metrics,
  );
  await store.accept([message('submission', 2), message('relay', 1)]);
  away = true;
  await expect(store.accept([message('relay', 1)])).rejects.toThrow('away');
  const { text } = await metrics.read();
  expect(text).toContain('postern_accepted_messages_total{listener="relay",service="submission"} 1');
  expect(text).toContain('postern_accepted_recipients_total{listener="submission",service="submission"} 2');
  expect(text).toContain('postern_accepted_octets_total{service="submission"} 200');
  expect(text).toContain('postern_commit_batch_messages_sum{service="submission"} 3');
  expect(text).toMatch(/^postern_commit_seconds_count\{.*result="failed".*\} 1$/m);
});

function message(listener: string, recipients: number): NewMessage {
  const given = { origin: { listener }, recipients: Array.from({ length: recipients }), sizeOctets: 100 };
  return given as unknown as NewMessage;
}
