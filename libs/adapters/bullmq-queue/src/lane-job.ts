import type { Lane } from '@postern/queue';
import type { JobsOptions } from 'bullmq';

/** The BullMQ queue that lanes run in. */
export const LANES = 'lanes';

/** What a lane's job carries: ids, never addresses, content or secrets. */
export interface LaneJobData {
  readonly queueId: number;
  readonly lane: number;
}

/**
 * The job that wakes a lane.
 *
 * A lane that waits is not added twice; one that is running runs once more when it has ended, so a wake-up that comes
 * while it takes its last look is not lost. Ended jobs are not kept: a kept job would swallow later wake-ups.
 */
export function laneJob(lane: Lane): { name: string; data: LaneJobData; opts: JobsOptions } {
  return {
    name: 'lane',
    data: { queueId: lane.queueId, lane: lane.lane },
    opts: {
      deduplication: { id: deduplicationId(lane), keepLastIfActive: true },
      removeOnComplete: true,
      removeOnFail: true,
      attempts: 1,
    },
  };
}

/** The key under which BullMQ knows that a lane is waiting or running. */
export function deduplicationId(lane: Lane): string {
  return `lane-${lane.queueId}-${lane.lane}`;
}
