import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { logger } from '@postern/observability';
import { giveWayToMail, runService } from '@postern/service-process';
import { startApi } from './start-api.ts';

// An export makes much garbage that outlives the nursery. The heap is swept when it has grown by a fifth over what lives,
// and not when it is several times as large: no bound that a request could die of.
setFlagsFromString('--heap-growing-percent=20');
setFlagsFromString('--expose-gc');

giveWayToMail();
await runService('api', async (configuration) => {
  const running = await startApi(configuration, logger({ service: 'api', level: configuration.logLevel }));
  // What lives is known from the first full collection on; until then V8 lets the heap grow by a guess of its own.
  runInNewContext('gc()');
  return running;
});
