import { Module } from '@nestjs/common';
import { Board } from './board.service.js';
import { OpenCasesStore } from './open-cases.store.js';
import { PagesPerPerson } from './pages-per-person.service.js';
import { PagesPerPersonStore } from './pages-per-person.store.js';
import { ResponseTimes } from './response-times.service.js';
import { ResponseTimesStore } from './response-times.store.js';

@Module({
  providers: [
    OpenCasesStore,
    Board,
    ResponseTimesStore,
    ResponseTimes,
    PagesPerPersonStore,
    PagesPerPerson,
  ],
  exports: [Board, ResponseTimes, PagesPerPerson],
})
export class ReportingModule {}
