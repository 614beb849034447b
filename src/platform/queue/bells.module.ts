import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { queueConnection } from './connection.js';
import { QueueConfig } from './queue.config.js';
import { UrgentWorker, urgentQueue } from './urgent.worker.js';

/** Loaded lazily, once the database answers: BullMQ objects built before that stay dead. */
@Module({})
export class BellsModule {
  static with(worksJobs: boolean): DynamicModule {
    return {
      module: BellsModule,
      imports: [
        BullModule.forRootAsync({
          inject: [QueueConfig],
          useFactory: (config: QueueConfig) => ({ connection: queueConnection(config.backend) }),
        }),
        BullModule.registerQueue({ name: urgentQueue }),
      ],
      providers: worksJobs ? [UrgentWorker] : [],
    };
  }
}
