import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { runService } from '@postern/service-process';
import { SubmissionModule } from './submission.module.ts';

await runService('submission', async (configuration) => {
  const app = await NestFactory.createApplicationContext(SubmissionModule.with(configuration), {
    logger: false,
    abortOnError: false,
  });
  return { stop: () => app.close() };
});
