import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { localStretch } from '../../oncall/rules/time/wall-clock.js';
import { Paging } from '../../paging/paging.service.js';
import { type Tx, UnitOfWork } from '../../platform/db/unit-of-work.js';
import { Allow } from '../../platform/http/allow.js';
import { Documented } from '../../platform/http/reference/documented.js';
import { Rejection } from '../../platform/http/rejection.js';
import { Caller } from '../../staff/caller.js';
import { Rights } from '../../staff/rights.service.js';
import type { Person } from '../../staff/rules/permissions.js';
import { type CheckInView, CheckInViews } from '../check-ins/check-in-views.service.js';
import { CheckIns } from './check-ins.service.js';
import { type HeldShift, ShiftLocks } from './shift-locks.service.js';

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
    private readonly views: CheckInViews,
    private readonly locks: ShiftLocks,
    private readonly checkIns: CheckIns,
    private readonly paging: Paging,
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
    return this.unitOfWork.run(async (tx) => {
      const found = await this.views.ofProgram(tx, program.id);
      return { checkIns: found.map(shownOf) };
    });
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
}

const notAsked = 'Nothing is asked about this shift now.';
const tooLate = 'Somebody else is on call for you now. A supervisor can give it back to you.';

function shownOf({ watch, schedule, person, standsInFor }: CheckInView): CheckInShown {
  const { id, fromAt, toAt, state, askedAt, answeredAt, missedAt } = watch;
  const { zone } = schedule.body;
  return {
    id,
    schedule: { id: schedule.id, key: schedule.key, name: schedule.name },
    zone,
    ...localStretch(zone, { from: fromAt.getTime(), to: toAt.getTime() }),
    person,
    state,
    askedAt: askedAt?.toISOString() ?? null,
    answeredAt: answeredAt?.toISOString() ?? null,
    missedAt: missedAt?.toISOString() ?? null,
    standsInFor,
  };
}
