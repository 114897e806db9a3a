import { createMetrics, serveMetrics } from '@postern/observability';

const KINDS = ['page', 'api', 'asset'];
const STATUSES = ['2xx', '3xx', '4xx', '5xx', 'broken-off'];

/**
 * Tells the metrics of the console at addresses of their own: how many answers of which kind and status, and how long they
 * took. Answers a function that watches one request, and one that ends the telling.
 */
export async function tellMetrics(addresses) {
  const metrics = createMetrics({ service: 'console' });
  const answers = metrics.counter({
    name: 'postern_console_answers_total',
    help: 'Answers of the console: pages, what it hands on from the API, and files',
    labels: { kind: KINDS, status: STATUSES },
  });
  const seconds = metrics.histogram({
    name: 'postern_console_answer_seconds',
    help: 'How long answers of the console took, to their last octet',
    labels: { kind: KINDS },
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  });
  const server = await serveMetrics({ metrics, addresses });
  const watch = (request, response) => {
    const began = performance.now();
    const kind = kindOf(request.url ?? '');
    response.once('close', () => {
      // A stream of events ends by being broken off.
      const status = response.writableFinished ? `${String(response.statusCode)[0]}xx` : 'broken-off';
      answers.add({ kind, status });
      if (response.writableFinished) seconds.observe({ kind }, (performance.now() - began) / 1000);
    });
  };
  return { urls: server.urls, watch, close: () => server.close() };
}

function kindOf(url) {
  if (url.startsWith('/api/')) return 'api';
  return url.startsWith('/_next/static/') || url.startsWith('/icon.svg') ? 'asset' : 'page';
}
