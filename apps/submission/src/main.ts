import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { alarmBackend, prepareAlarmBackend } from '@postern/bullmq-queue';
import { runService } from '@postern/service-process';
import { SubmissionModule } from './submission.module.ts';

await runService('submission', async (configuration, databaseUrl) => {
  await prepareAlarmBackend(alarmBackend({ redisUrl: configuration.redisUrl, databaseUrl }));
  const app = await NestFactory.createApplicationContext(SubmissionModule.with(configuration, databaseUrl), {
    logger: false,
    abortOnError: false,
  });
  return { stop: () => app.close() };
});
