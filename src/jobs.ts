import { Global, Injectable, Module } from '@nestjs/common';
import { AlarmsModule } from './alarms/alarms.module.js';
import { Alarms } from './alarms/alarms.service.js';
import { CasesModule } from './cases/cases.module.js';
import { Cases } from './cases/cases.service.js';
import { OnCallModule } from './oncall/on-call.module.js';
import { SwapClock } from './oncall/swaps/swap-clock.service.js';
import { Delivery } from './paging/delivery.service.js';
import { HangUps } from './paging/hang-ups.service.js';
import { PagingModule } from './paging/paging.module.js';
import { Jobs } from './platform/queue/jobs.js';

@Injectable()
class AllJobs extends Jobs {
  override readonly table: Jobs['table'];

  constructor(
    delivery: Delivery,
    hangUps: HangUps,
    cases: Cases,
    alarms: Alarms,
    swaps: SwapClock,
  ) {
    super();
    this.table = {
      'deliver-page': {
        handle: (id) => delivery.deliver(id),
        due: (limit) => delivery.dueIds(limit),
      },
      'hang-up-call': {
        handle: (id) => hangUps.hangUp(id),
        due: (limit) => hangUps.dueIds(limit),
      },
      'advance-case': { handle: (id) => cases.advance(id), due: (limit) => cases.dueIds(limit) },
      'repeat-alarm': { handle: (id) => alarms.repeat(id), due: (limit) => alarms.dueIds(limit) },
      'expire-swap': { handle: (id) => swaps.strike(id), due: (limit) => swaps.dueIds(limit) },
    };
  }
}

@Global()
@Module({
  imports: [PagingModule, CasesModule, AlarmsModule, OnCallModule],
  providers: [{ provide: Jobs, useClass: AllJobs }],
  exports: [Jobs],
})
export class JobsModule {}
