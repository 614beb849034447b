import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ProblemExtras } from '../platform/http/problem.js';
import { ResourceExtras } from './resource-extras.js';
import { ResourcesConfig } from './resources.config.js';
import { ResourcesFilter } from './resources.filter.js';
import { Resources } from './resources.service.js';

@Module({
  providers: [
    { provide: ResourcesConfig, useValue: new ResourcesConfig() },
    { provide: ProblemExtras, useClass: ResourceExtras },
    { provide: APP_FILTER, useClass: ResourcesFilter },
    Resources,
  ],
  exports: [Resources, ProblemExtras],
})
export class ResourcesModule {}
