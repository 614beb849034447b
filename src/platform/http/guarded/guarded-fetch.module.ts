import { Module } from '@nestjs/common';
import { FetchLimits, GuardedFetch } from './guarded-fetch.js';
import { Internet } from './internet.js';

@Module({ providers: [Internet, FetchLimits, GuardedFetch], exports: [GuardedFetch] })
export class GuardedFetchModule {}
