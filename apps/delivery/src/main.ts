import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { alarmBackend, prepareAlarmBackend } from '@postern/bullmq-queue';
import { runService } from '@postern/service-process';
import { DeliveryModule } from './delivery.module.ts';

await runService('delivery', async (configuration, databaseUrl) => {
  await prepareAlarmBackend(alarmBackend({ redisUrl: configuration.redisUrl, databaseUrl }));
  const app = await NestFactory.createApplicationContext(DeliveryModule.with(configuration, databaseUrl), {
    logger: false,
    abortOnError: false,
  });
  return { stop: () => app.close() };
});
