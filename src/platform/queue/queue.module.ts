import { Global, Module } from '@nestjs/common';
import { Doorbell } from './doorbell.js';
import { EngineRoom } from './engine-room.js';
import { QueueDoorbell } from './queue-doorbell.js';
import { Sweeper } from './sweeper.js';

@Global()
@Module({
  providers: [
    QueueDoorbell,
    { provide: Doorbell, useExisting: QueueDoorbell },
    Sweeper,
    EngineRoom,
  ],
  exports: [Doorbell, Sweeper, EngineRoom],
})
export class QueueModule {}
