import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { logger } from '@postern/observability';
import { runService } from '@postern/service-process';
import { startApi } from './start-api.ts';

// An export makes much garbage that outlives the nursery. The heap is swept when it has grown by a fifth over what lives,
// and not when it is several times as large: no bound that a request could die of.
setFlagsFromString('--heap-growing-percent=20');

await runService('api', (configuration) =>
  startApi(configuration, logger({ service: 'api', level: configuration.logLevel })),
);
