import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../../platform/db/unit-of-work.js';
import { Allow } from '../../platform/http/allow.js';
import { Documented } from '../../platform/http/reference/documented.js';
import { Caller } from '../../staff/caller.js';
import { Rights } from '../../staff/rights.service.js';
import type { Person } from '../../staff/rules/permissions.js';
import { Staff } from '../../staff/staff.service.js';
import { Overrides } from '../overrides/overrides.service.js';
import { ScheduleRights } from '../schedules/schedule-rights.service.js';
import { SpanAsked, spanOf } from '../span.js';
import { SwapActAnswer, SwapRequested, SwapsAnswer } from './swap-requests.js';
import { SwapViews } from './swap-views.service.js';
import { Swaps } from './swaps.service.js';

const Id = z.uuid();

/** Shift swaps of one schedule. */
@Controller('v1/schedules')
@Allow('staff')
export class SwapsController {
  constructor(
    private readonly swaps: Swaps,
    private readonly views: SwapViews,
    private readonly overrides: Overrides,
    private readonly scheduleRights: ScheduleRights,
    private readonly rights: Rights,
    private readonly staff: Staff,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The newest first, at most 200: those that concern the next 30 days by default. */
  @Get(':id/swaps')
  @Documented({ answers: { 200: { description: 'The newest first', schema: SwapsAnswer } } })
  async list(
    @Caller() person: Person,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: SpanAsked }) asked: z.infer<typeof SpanAsked>,
  ): Promise<SwapsAnswer> {
    return this.unitOfWork.run(async (tx) => {
      const handler = 'SwapsController.list';
      const schedule = await this.scheduleRights.read(tx, person, { id, handler });
      return { swaps: await this.views.onSchedule(tx, schedule, spanOf(asked, tx.now)) };
    });
  }

  /**
   * Asks somebody to take one's shift, in return for one of theirs or for nothing. It waits for
   * their answer until the earlier shift starts, for 72 hours at the most. The answer shows who
   * would be on call before and after.
   */
  @Post(':id/swaps')
  @Documented({ answers: { 201: { description: 'Requested', schema: SwapActAnswer } } })
  async request(
    @Caller() person: Person,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: SwapRequested }) asked: SwapRequested,
  ): Promise<SwapActAnswer> {
    return this.unitOfWork.run(async (tx) => {
      const handler = 'SwapsController.request';
      await this.scheduleRights.read(tx, person, { id, handler });
      const schedule = await this.overrides.hold(tx, id);
      const { programId } = schedule;
      const { from, to, inReturn, reason } = asked;
      const requester = await this.staff.idNamed(tx, asked.requester ?? person.staffId);
      const counterpart = await this.staff.idNamed(tx, asked.counterpart);
      const isOwn = requester === person.staffId;
      const within = { programId, permissions: ['supervisor'], handler, what: 'schedule' } as const;
      if (!isOwn) await this.rights.within(person, within);
      const { row, warnings } = await this.swaps.request(tx, schedule, {
        requester,
        counterpart,
        given: { from, to },
        inReturn: inReturn ?? null,
        reason,
        via: 'staff',
        by: { type: 'staff', id: person.staffId },
        onBehalfOf: isOwn ? undefined : requester,
      });
      return { ...(await this.views.one(tx, schedule, row)), warnings };
    });
  }
}
