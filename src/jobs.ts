import { Global, Injectable, Module } from '@nestjs/common';
import { AlarmsModule } from './alarms/alarms.module.js';
import { Alarms } from './alarms/alarms.service.js';
import { CasesModule } from './cases/cases.module.js';
import { HandOvers } from './cases/casework/hand-overs.service.js';
import { Cases } from './cases/cases.service.js';
import { BusyFetches } from './oncall/calendars/busy/busy-fetches.service.js';
import { BusyTimesModule } from './oncall/calendars/busy/busy-times.module.js';
import { OnCallModule } from './oncall/on-call.module.js';
import { SwapClock } from './oncall/swaps/swap-clock.service.js';
import { Delivery } from './paging/delivery.service.js';
import { HangUps } from './paging/hang-ups.service.js';
import { PagingModule } from './paging/paging.module.js';
import { Jobs } from './platform/queue/jobs.js';
import { CoverageChecks } from './readiness/coverage/coverage-checks.service.js';
import { CoverageModule } from './readiness/coverage/coverage.module.js';
import { GapWarnings } from './readiness/coverage/gap-warnings.service.js';
import { ShiftLifeModule } from './readiness/shifts/shift-life.module.js';
import { ShiftPlans } from './readiness/shifts/shift-plans.service.js';
import { ShiftWatches } from './readiness/shifts/shift-watches.service.js';

@Injectable()
class AllJobs extends Jobs {
  override readonly table: Jobs['table'];

  constructor(
    delivery: Delivery,
    hangUps: HangUps,
    cases: Cases,
    alarms: Alarms,
    checks: CoverageChecks,
    warnings: GapWarnings,
    plans: ShiftPlans,
    shifts: ShiftWatches,
    handOvers: HandOvers,
    swaps: SwapClock,
    busyFetches: BusyFetches,
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
      'warn-of-gap': { handle: (id) => warnings.warn(id), due: (limit) => warnings.dueIds(limit) },
      'advance-shift': { handle: (id) => shifts.advance(id), due: (limit) => shifts.dueIds(limit) },
      'remind-hand-over': {
        handle: (id) => handOvers.remind(id),
        due: (limit) => handOvers.dueIds(limit),
      },
      'check-coverage': {
        handle: (id) => checks.check(id),
        due: (limit) => checks.dueIds(limit),
        isPatient: true,
      },
      'plan-shifts': {
        handle: (id) => plans.plan(id),
        due: (limit) => plans.dueIds(limit),
        isPatient: true,
      },
      'expire-swap': {
        handle: (id) => swaps.strike(id),
        due: (limit) => swaps.dueIds(limit),
        isPatient: true,
      },
      'fetch-busy-calendar': {
        handle: (id) => busyFetches.fetch(id),
        due: (limit) => busyFetches.dueIds(limit),
        isPatient: true,
      },
    };
  }
}

@Global()
@Module({
  imports: [
    PagingModule,
    CasesModule,
    AlarmsModule,
    CoverageModule,
    ShiftLifeModule,
    OnCallModule,
    BusyTimesModule,
  ],
  providers: [{ provide: Jobs, useClass: AllJobs }],
  exports: [Jobs],
})
export class JobsModule {}
