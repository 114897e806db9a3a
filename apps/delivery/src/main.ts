import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { runService } from '@postern/service-process';
import { DeliveryModule } from './delivery.module.ts';

await runService('delivery', async (configuration) => {
  const app = await NestFactory.createApplicationContext(DeliveryModule.with(configuration), {
    logger: false,
    abortOnError: false,
  });
  return { stop: () => app.close() };
});
