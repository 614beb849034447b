import { Global, Module } from '@nestjs/common';
import { EngineHealth } from './engine-health.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';

@Global()
@Module({
  providers: [EngineHealth, Metrics],
  controllers: [HealthController, MetricsController],
  exports: [EngineHealth, Metrics],
})
export class HealthModule {}
