import type { Metrics } from '@postern/observability';
import type { AcceptStore } from '@postern/queue';

const LISTENERS = ['submission', 'submissions', 'relay', 'bounces'];

/** A store whose commits are counted: once for each batch, whatever is in it. */
export function measuredAccept(store: AcceptStore, metrics: Metrics): AcceptStore {
  const messages = metrics.counter({
    name: 'postern_accepted_messages_total',
    help: 'Messages that were stored and answered 250',
    labels: { listener: LISTENERS },
  });
  const recipients = metrics.counter({
    name: 'postern_accepted_recipients_total',
    help: 'Their recipients',
    labels: { listener: LISTENERS },
  });
  const octets = metrics.counter({ name: 'postern_accepted_octets_total', help: 'Their octets', labels: {} });
  const sizes = metrics.histogram({
    name: 'postern_commit_batch_messages',
    help: 'Messages in a transaction',
    labels: {},
    buckets: [1, 2, 4, 8, 16, 32, 64],
  });
  const seconds = metrics.histogram({
    name: 'postern_commit_seconds',
    help: 'How long a transaction of messages took',
    labels: { result: ['stored', 'failed'] },
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
  });
  return {
    ...store,
    async accept(batch) {
      const began = performance.now();
      let result = 'failed';
      try {
        const answer = await store.accept(batch);
        result = 'stored';
        for (const { origin, recipients: each, sizeOctets } of batch) {
          messages.add({ listener: origin.listener });
          recipients.add({ listener: origin.listener }, each.length);
          octets.add({}, sizeOctets);
        }
        return answer;
      } finally {
        sizes.observe({}, batch.length);
        seconds.observe({ result }, (performance.now() - began) / 1000);
      }
    },
  };
}
