import { setTimeout as pause } from 'node:timers/promises';
import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Inject } from '@nestjs/common';
import { type LaneJobData, LANES } from '@postern/bullmq-queue';
import { type DeliveryContext, runLane } from '@postern/delivery';
import type { Job } from 'bullmq';
import { Places } from './places.ts';
import { CONTEXT, STOPPING } from './tokens.ts';

/** How many lanes this process runs at the same time. */
const LANES_PER_PROCESS = 200;

const CLOSE_MS = 2_000;

/** Runs a lane for each job. */
@Processor(LANES, {
  concurrency: LANES_PER_PROCESS,
  // A lane that is run twice does no harm, its claims are the store's: better soon again than late.
  lockDuration: 30_000,
  stalledInterval: 15_000,
  maxStalledCount: 100,
  drainDelay: 5,
  // After a fault of the backend the worker asks again soon: mail waits for it.
  runRetryDelay: 500,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
})
export class LanesProcessor extends WorkerHost implements BeforeApplicationShutdown {
  readonly #context: DeliveryContext;
  readonly #stopping: AbortController;
  readonly #places = new Places(LANES_PER_PROCESS);

  constructor(@Inject(CONTEXT) context: DeliveryContext, @Inject(STOPPING) stopping: AbortController) {
    super();
    this.#context = context;
    this.#stopping = stopping;
  }

  override async process(job: Job<LaneJobData>): Promise<void> {
    const { data } = job;
    // A site's first lane always gets a place while there is one; the others leave some for the sites that have none yet.
    if (data.lane > 0 && this.#places.crowded) return;
    await this.#places.run((slot) => runLane(data, this.#context, this.#stopping.signal, slot));
  }

  /** Lanes hear of the end first: what they hold is finished or handed back before anything else is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping.abort();
    const close = this.worker.close.bind(this.worker);
    // A worker whose backend forgot a job that it ran never closes: what matters has ended with the lanes.
    this.worker.close = async () => {
      while (this.#context.awake.size > 0) await pause(20);
      await Promise.race([close(), pause(CLOSE_MS)]);
    };
    await this.worker.close();
  }

  @OnWorkerEvent('error')
  onError(cause: Error): void {
    this.#context.log.warn({ err: cause }, 'alarm clock does not answer, the sweep goes on');
  }

  /** A lane that failed left its mail in the store: the lease ends, and another lane takes it. */
  @OnWorkerEvent('failed')
  onFailed(job: Job<LaneJobData> | undefined, cause: Error): void {
    this.#context.log.error({ err: cause, queueId: job?.data.queueId, lane: job?.data.lane }, 'lane failed');
  }
}
