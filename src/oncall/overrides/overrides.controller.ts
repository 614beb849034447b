import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { type Tx, UnitOfWork } from '../../platform/db/unit-of-work.js';
import { Allow } from '../../platform/http/allow.js';
import { Documented } from '../../platform/http/reference/documented.js';
import { Rejection } from '../../platform/http/rejection.js';
import { Caller } from '../../staff/caller.js';
import type { Person } from '../../staff/rules/permissions.js';
import { Staff } from '../../staff/staff.service.js';
import { effectAnswer, peopleInDifferences } from '../effects/effect-answer.js';
import { ScheduleRights } from '../schedules/schedule-rights.service.js';
import type { StoredSchedule } from '../schedules/schedules.service.js';
import { SpanAsked, spanOf } from '../span.js';
import {
  ChangeAnswer,
  namesNeeded,
  overrideAnswer,
  OverrideAsked,
  OverridesAnswer,
  WithdrawalAsked,
} from './override-requests.js';
import type { OverrideWanted } from './override-drafts.service.js';
import { type OverrideMade, Overrides } from './overrides.service.js';

const Id = z.uuid();

@Controller('v1/schedules')
@Allow('staff')
export class OverridesController {
  constructor(
    private readonly overrides: Overrides,
    private readonly rights: ScheduleRights,
    private readonly staff: Staff,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Those in force that meet a span: from now for 30 days by default, at most 400 days. */
  @Get(':id/overrides')
  @Documented({ answers: { 200: { description: 'In force', schema: OverridesAnswer } } })
  async list(
    @Caller() person: Person,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: SpanAsked }) asked: z.infer<typeof SpanAsked>,
  ): Promise<OverridesAnswer> {
    return this.unitOfWork.run(async (tx) => {
      const handler = 'OverridesController.list';
      const schedule = await this.rights.read(tx, person, { id, handler });
      const rows = await this.overrides.of(tx, id, spanOf(asked, tx.now));
      const names = await this.staff.names(rows.flatMap(namesNeeded), tx.db);
      const overrides = rows.map((row) => overrideAnswer(schedule, row, { now: tx.now, names }));
      return { zone: schedule.body.zone, overrides };
    });
  }

  /**
   * Puts somebody on call in place of somebody (`replace`), beside whoever is (`add`), or leaves
   * somebody out (`remove`). 409 `override_conflict` names another one of the same people; 422
   * `gap_not_accepted` and `fatigue` go away when a supervisor accepts them.
   */
  @Post(':id/overrides')
  @Allow('supervisor', 'admin')
  @Documented({ answers: { 201: { description: 'Made', schema: ChangeAnswer } } })
  async make(
    @Caller() person: Person,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: OverrideAsked }) asked: OverrideAsked,
  ): Promise<ChangeAnswer> {
    return this.unitOfWork.run(async (tx) => {
      const handler = 'OverridesController.make';
      const schedule = await this.rights.change(tx, person, { id, handler });
      this.rights.mayAccept(person, schedule, asked);
      const made = await this.overrides.make(tx, await this.wanted(tx, person, id, asked));
      return this.answer(tx, schedule, made);
    });
  }

  /** What it would do, without doing it: the same answer, and the same refusals. */
  @Post(':id/override-previews')
  @HttpCode(200)
  @Allow('supervisor', 'admin')
  @Documented({ answers: { 200: { description: 'What it would do', schema: ChangeAnswer } } })
  async preview(
    @Caller() person: Person,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: OverrideAsked }) asked: OverrideAsked,
  ): Promise<ChangeAnswer> {
    return this.unitOfWork.run(async (tx) => {
      const handler = 'OverridesController.preview';
      const schedule = await this.rights.change(tx, person, { id, handler });
      this.rights.mayAccept(person, schedule, asked);
      const seen = await this.overrides.preview(tx, await this.wanted(tx, person, id, asked));
      return this.answer(tx, schedule, seen);
    });
  }

  /**
   * Undone wholly before it starts; afterwards it ends now, and what has passed stays. What a swap
   * has made is undone with the swap, 409, until that has begun and can be undone no more.
   */
  @Post(':id/overrides/:overrideId/withdrawal')
  @Allow('supervisor', 'admin')
  @Documented({ answers: { 201: { description: 'Withdrawn or ended', schema: ChangeAnswer } } })
  async withdraw(
    @Caller() person: Person,
    @Param('id', { schema: Id }) id: string,
    @Param('overrideId', { schema: Id }) overrideId: string,
    @Body({ schema: WithdrawalAsked }) asked: WithdrawalAsked,
  ): Promise<ChangeAnswer> {
    return this.unitOfWork.run(async (tx) => {
      const handler = 'OverridesController.withdraw';
      const schedule = await this.rights.change(tx, person, { id, handler });
      this.rights.mayAccept(person, schedule, asked);
      const row = await this.overrides.byId(tx, overrideId);
      if (row?.scheduleId !== id) {
        throw new Rejection('not_found', 'There is no such override.');
      }
      if (row.swapId !== null && !(await this.overrides.hasBegun(tx, row.swapId))) {
        const text = 'It carries out a swap, and is undone with it.';
        throw new Rejection('conflict', text, 'override_of_swap', { swapId: row.swapId });
      }
      const by = { type: 'staff', id: person.staffId } as const;
      const effect = await this.overrides.endNow(tx, overrideId, by, {
        gapReason: asked.acceptGap?.reason ?? null,
        fatigueReason: asked.acceptFatigue?.reason ?? null,
      });
      const after = await this.overrides.byId(tx, overrideId);
      return this.answer(tx, schedule, { row: after ?? row, ...effect });
    });
  }

  private async answer(
    tx: Tx,
    schedule: StoredSchedule,
    { row, differences, warnings }: OverrideMade,
  ): Promise<ChangeAnswer> {
    const people = [...namesNeeded(row), ...peopleInDifferences(differences)];
    const names = await this.staff.names(people, tx.db);
    return {
      override: overrideAnswer(schedule, row, { now: tx.now, names }),
      effect: effectAnswer(schedule.body.zone, differences, names),
      warnings,
    };
  }

  private async wanted(
    tx: Tx,
    { staffId }: Person,
    scheduleId: string,
    asked: OverrideAsked,
  ): Promise<OverrideWanted> {
    const { kind, from = tx.now, to, reason, acceptGap, acceptFatigue } = asked;
    return {
      scheduleId,
      kind,
      from,
      to,
      incoming: 'incoming' in asked ? await this.staff.idNamed(tx, asked.incoming) : null,
      outgoing: 'outgoing' in asked ? await this.staff.idNamed(tx, asked.outgoing) : null,
      reason,
      by: { type: 'staff', id: staffId },
      via: 'staff',
      acceptedGapReason: acceptGap?.reason,
      acceptedFatigueReason: acceptFatigue?.reason,
    };
  }
}
