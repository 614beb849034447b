import { Module } from '@nestjs/common';
import { Board } from './board.service.js';
import { OpenCasesStore } from './open-cases.store.js';
import { ResponseTimes } from './response-times.service.js';
import { ResponseTimesStore } from './response-times.store.js';

@Module({
  providers: [OpenCasesStore, Board, ResponseTimesStore, ResponseTimes],
  exports: [Board, ResponseTimes],
})
export class ReportingModule {}
