import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { localStretch } from '../../oncall/rules/time/wall-clock.js';
import { Schedules, type StoredSchedule } from '../../oncall/schedules/schedules.service.js';
import { Paging } from '../../paging/paging.service.js';
import { type Tx, UnitOfWork } from '../../platform/db/unit-of-work.js';
import { Allow } from '../../platform/http/allow.js';
import { Documented } from '../../platform/http/reference/documented.js';
import { Rejection } from '../../platform/http/rejection.js';
import { Caller } from '../../staff/caller.js';
import { Rights } from '../../staff/rights.service.js';
import type { Person } from '../../staff/rules/permissions.js';
import { Staff } from '../../staff/staff.service.js';
import { CheckIns } from './check-ins.service.js';
import { type HeldShift, ShiftLocks } from './shift-locks.service.js';
import type { ShiftWatchRow } from './shift-watch.row.js';
import { ShiftWatchesStore } from './shift-watches.store.js';

const CheckInsAsked = z.object({ program: z.string().max(40) });
const AnswerGiven = z.strictObject({ answer: z.enum(['here', 'cannot']) });

const someone = z.object({ id: z.string(), name: z.string().nullable() });
const moment = z.iso.datetime().nullable();
const CheckInShown = z.object({
  id: z.string(),
  schedule: z.object({ id: z.string(), key: z.string(), name: z.string() }),
  zone: z.string(),
  person: someone,
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  localFrom: z.string().describe('In the zone of the schedule'),
  localTo: z.string(),
  state: z
    .enum(['planned', 'asked', 'on', 'missed', 'declined', 'over'])
    .describe('`on` without `answeredAt`: nobody had to answer'),
  askedAt: moment,
  answeredAt: moment,
  missedAt: moment,
  standsInFor: someone.nullable().describe('Who was not there when the shift began'),
});
type CheckInShown = z.infer<typeof CheckInShown>;
const CheckInsAnswer = z.object({ checkIns: z.array(CheckInShown) });
type CheckInsAnswer = z.infer<typeof CheckInsAnswer>;
const Answered = z.object({ state: z.enum(['on', 'declined']) });
type Answered = z.infer<typeof Answered>;

@Controller('v1/check-ins')
export class CheckInsController {
  constructor(
    private readonly watches: ShiftWatchesStore,
    private readonly locks: ShiftLocks,
    private readonly checkIns: CheckIns,
    private readonly schedules: Schedules,
    private readonly paging: Paging,
    private readonly staff: Staff,
    private readonly rights: Rights,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The shifts under way and those of the next 48 hours, and who has checked in for them. */
  @Get()
  @Allow('supervisor')
  @Documented({ answers: { 200: { description: 'By their beginning', schema: CheckInsAnswer } } })
  async list(
    @Caller() caller: Person,
    @Query({ schema: CheckInsAsked }) asked: z.infer<typeof CheckInsAsked>,
  ): Promise<CheckInsAnswer> {
    const program = await this.rights.program(caller, {
      key: asked.program,
      permission: 'supervisor',
      handler: 'CheckInsController.list',
    });
    return this.unitOfWork.run(async (tx) => ({ checkIns: await this.shown(tx, program.id) }));
  }

  /** For the caller's own shift: that they are there, or cannot be. */
  @Post(':id/answers')
  @Allow('staff')
  @Documented({ answers: { 201: { description: 'It is recorded', schema: Answered } } })
  async answer(
    @Caller() caller: Person,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: AnswerGiven }) { answer }: z.infer<typeof AnswerGiven>,
  ): Promise<Answered> {
    return this.unitOfWork.run(async (tx) => {
      const held = await this.own(tx, caller, id);
      const here = answer === 'here';
      const outcome = await this.checkIns.answer(tx, held, { here, channel: 'api', proof: {} });
      await this.paging.withdraw(tx, 'check_in', id, caller.staffId);
      if (outcome === 'over') throw new Rejection('conflict', notAsked, 'not_asked');
      if (outcome === 'taken_by_other') throw new Rejection('conflict', tooLate, 'stood_in');
      return { state: here ? 'on' : 'declined' };
    });
  }

  /** That somebody asked for another's is on record. */
  private async own(tx: Tx, caller: Person, id: string): Promise<HeldShift> {
    const held = await this.locks.hold(tx, id);
    if (held?.watch.staffId === caller.staffId) return held;
    const handler = 'CheckInsController.answer';
    await this.rights.within(caller, {
      programId: null,
      permissions: ['staff'],
      handler,
      what: 'check-in',
    });
    throw new Rejection('not_found', 'There is no such check-in.');
  }

  private async shown(tx: Tx, programId: string): Promise<CheckInShown[]> {
    const rows = await this.watches.listOf(tx.db, programId, tx.now);
    const rootIds = rows.flatMap(({ rootId }) => rootId ?? []);
    const roots = await this.watches.byIds(tx.db, rootIds);
    const people = [...rows, ...roots.values()].map(({ staffId }) => staffId);
    const names = await this.staff.names(people, tx.db);
    const named = (id: string) => ({ id, name: names.get(id) ?? null });
    const schedules = await this.schedules.ofProgram(tx, programId);
    return rows.flatMap((row) => {
      const schedule = schedules.find(({ id }) => id === row.scheduleId);
      const root = roots.get(row.rootId ?? '');
      return schedule === undefined
        ? []
        : {
            ...shownOf(schedule, row),
            person: named(row.staffId),
            standsInFor: root === undefined ? null : named(root.staffId),
          };
    });
  }
}

const notAsked = 'Nothing is asked about this shift now.';
const tooLate = 'Somebody else is on call for you now. A supervisor can give it back to you.';

function shownOf({ id, key, name, body: { zone } }: StoredSchedule, row: ShiftWatchRow) {
  return {
    id: row.id,
    schedule: { id, key, name },
    zone,
    ...localStretch(zone, { from: row.fromAt.getTime(), to: row.toAt.getTime() }),
    state: row.state,
    askedAt: row.askedAt?.toISOString() ?? null,
    answeredAt: row.answeredAt?.toISOString() ?? null,
    missedAt: row.missedAt?.toISOString() ?? null,
  };
}
