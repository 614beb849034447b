import { Module } from '@nestjs/common';
import { EngineHealth } from './engine-health.js';
import { HealthController } from './health.controller.js';

@Module({ providers: [EngineHealth], controllers: [HealthController] })
export class HealthModule {}
