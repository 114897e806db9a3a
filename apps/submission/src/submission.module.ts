import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { alarmBackend, LANES, throttledClock, useAlarmBackend } from '@postern/bullmq-queue';
import { type Configuration, loadSecret } from '@postern/configuration';
import { createLogger, type Logger } from '@postern/observability';
import { createStore, type Store } from '@postern/prisma-store';
import { type AlarmClock, systemClock } from '@postern/queue';
import { deriveKeys } from '@postern/sealing';
import { Clients, DEFAULT_SUBMISSION_LIMITS, GroupCommit, SiteDirectory, submissionPolicy } from '@postern/submission';
import type { Queue } from 'bullmq';
import { Housekeeping } from './housekeeping.ts';
import { Listeners } from './listeners.ts';
import { CONFIGURATION, LOG, POLICY, STORE, ALARM } from './tokens.ts';

/** The SMTP listeners and what they reach: the store, the alarm clock, the policy. */
@Module({})
export class SubmissionModule {
  static with(configuration: Configuration): DynamicModule {
    const databaseUrl = configuration.databaseUrl ?? missingDatabase();
    const connection = useAlarmBackend(alarmBackend({ redisUrl: configuration.redisUrl, databaseUrl }));
    return {
      module: SubmissionModule,
      imports: [BullModule.forRoot({ connection }), BullModule.registerQueue({ name: LANES, skipMetasUpdate: true })],
      providers: [
        { provide: CONFIGURATION, useValue: configuration },
        { provide: LOG, useFactory: () => createLogger({ service: 'submission', level: configuration.logLevel }) },
        { provide: STORE, inject: [LOG], useFactory: (log: Logger) => createStore({ databaseUrl, poolSize: 8, log }) },
        {
          provide: ALARM,
          inject: [getQueueToken(LANES), LOG],
          useFactory: (queue: Queue, log: Logger) => throttledClock({ queue, log }),
        },
        { provide: POLICY, inject: [STORE, ALARM, LOG], useFactory: policy.bind(undefined, configuration) },
        Housekeeping,
        Listeners,
      ],
    };
  }
}
