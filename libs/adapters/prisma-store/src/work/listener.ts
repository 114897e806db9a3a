import type { QueueId } from '@postern/queue';
import type { StoreLog } from '../connection/log.ts';
import { WORK_CHANNEL } from './channel.ts';
import { ChannelListener } from './channel-listener.ts';
import { queueIdsOf } from './notify-work.ts';

export type WorkHandler = (queueIds: readonly QueueId[]) => void;

/** Hears nudges. What is said while the connection is lost is not heard: the sweep finds it. */
export class WorkListener {
  readonly #listener: ChannelListener;

  constructor(databaseUrl: string, log: StoreLog) {
    const unheard = 'nudges are not heard, the sweep makes up for it';
    this.#listener = new ChannelListener({ databaseUrl, log, channel: WORK_CHANNEL, name: 'postern work', unheard });
  }

  /** Calls the handler for each nudge; the answer ends that. */
  add(handler: WorkHandler): () => void {
    return this.#listener.add((payload) => {
      const queueIds = queueIdsOf(payload ?? '');
      if (queueIds.length > 0) handler(queueIds);
    });
  }

  /** Resolves when the first connection has been tried. */
  tried(): Promise<void> {
    return this.#listener.tried();
  }

  close(): Promise<void> {
    return this.#listener.close();
  }
}
