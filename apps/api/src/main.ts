import 'reflect-metadata';
import { logger } from '@postern/observability';
import { runService } from '@postern/service-process';
import { startApi } from './start-api.ts';

await runService('api', (configuration) =>
  startApi(configuration, logger({ service: 'api', level: configuration.logLevel })),
);
