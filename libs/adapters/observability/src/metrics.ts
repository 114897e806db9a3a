import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { labelsOf, type LabelSets, type Labels } from './labels.ts';

export interface MetricOptions<Sets extends LabelSets> {
  /** `postern_accepted_messages_total`: the unit last, in Prometheus' base units. */
  readonly name: string;
  readonly help: string;
  /** The values that each label may have; another one is counted as `other`. */
  readonly labels: Sets;
}

export interface CounterMetric<Sets extends LabelSets> {
  add(labels: Labels<Sets>, count?: number): void;
}

export interface GaugeMetric<Sets extends LabelSets> {
  set(labels: Labels<Sets>, value: number): void;
}

export interface HistogramMetric<Sets extends LabelSets> {
  observe(labels: Labels<Sets>, value: number): void;
}

/** The metrics of one process, for Prometheus to read. */
export interface Metrics {
  counter<const Sets extends LabelSets>(options: MetricOptions<Sets>): CounterMetric<Sets>;
  gauge<const Sets extends LabelSets>(options: MetricOptions<Sets>): GaugeMetric<Sets>;
  histogram<const Sets extends LabelSets>(
    options: MetricOptions<Sets> & { readonly buckets: readonly number[] },
  ): HistogramMetric<Sets>;
  /** Runs before each reading, to set gauges that are costly to keep. */
  beforeRead(work: () => Promise<void>): void;
  read(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** The metrics of a service: those of the process (memory, CPU, open files), the delay of its event loop, and its own. */
export function createMetrics({ service }: { readonly service: string }): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  reportEventLoopDelay(registry);
  const before: (() => Promise<void>)[] = [];
  return {
    counter({ name, help, labels }) {
      const metric = new Counter({ name, help, labelNames: Object.keys(labels), registers: [registry] });
      return { add: (given, count = 1) => metric.inc(labelsOf(labels, given), count) };
    },
    gauge({ name, help, labels }) {
      const metric = new Gauge({ name, help, labelNames: Object.keys(labels), registers: [registry] });
      return { set: (given, value) => metric.set(labelsOf(labels, given), value) };
    },
    histogram({ name, help, labels, buckets }) {
      const labelNames = Object.keys(labels);
      const metric = new Histogram({ name, help, labelNames, buckets: [...buckets], registers: [registry] });
      return { observe: (given, value) => metric.observe(labelsOf(labels, given), value) };
    },
    beforeRead: (work) => void before.push(work),
    read: async () => {
      await Promise.all(before.map((work) => work()));
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

/** How long the event loop kept its callers waiting since the last reading. */
function reportEventLoopDelay(registry: Registry): void {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const gauge = new Gauge({
    name: 'postern_event_loop_delay_seconds',
    help: 'Delay of the event loop since the last reading',
    labelNames: ['quantile'],
    registers: [registry],
    collect: () => {
      for (const quantile of [50, 99, 100]) {
        gauge.set({ quantile: String(quantile / 100) }, delay.percentile(quantile) / 1e9 || 0);
      }
      delay.reset();
    },
  });
}
