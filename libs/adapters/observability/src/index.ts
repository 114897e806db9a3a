export { type Blocked, type EventLoopWatch, watchEventLoop } from './event-loop.ts';
export { logger, LOG_LEVELS, type Facts, type Logger, type LoggerOptions, type LogLevel } from './logger.ts';
export {
  createMetrics,
  type CounterMetric,
  type GaugeMetric,
  type HistogramMetric,
  type MetricOptions,
  type Metrics,
} from './metrics.ts';
export type { Labels, LabelSets } from './labels.ts';
export { serveMetrics, type MetricsServer, type MetricsServerOptions } from './serve-metrics.ts';
export { MetricsListener } from './metrics-listener.ts';
export { measurePools, type PoolUse } from './measure-pools.ts';
