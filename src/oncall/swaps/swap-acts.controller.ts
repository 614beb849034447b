import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { type Tx, UnitOfWork } from '../../platform/db/unit-of-work.js';
import { Allow } from '../../platform/http/allow.js';
import { Documented } from '../../platform/http/reference/documented.js';
import { Caller } from '../../staff/caller.js';
import type { Person } from '../../staff/rules/permissions.js';
import { type ActAsked, type Acted, SwapActs } from './swap-acts.service.js';
import {
  ActRequested,
  SwapActAnswer,
  SwapAnswer,
  SwapsAnswer,
  SwapsAsked,
} from './swap-requests.js';
import { SwapViews } from './swap-views.service.js';

const Id = z.uuid();
const as = (description: string) => ({
  answers: { 201: { description, schema: SwapActAnswer } },
});

/**
 * What the two of a swap do about it; a supervisor may act in their place. 409 `changed_meanwhile`
 * when the swap is at another version than the caller read.
 */
@Controller('v1/swaps')
@Allow('staff')
export class SwapActsController {
  constructor(
    private readonly acts: SwapActs,
    private readonly views: SwapViews,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The newest first, at most 200. */
  @Get()
  @Documented({ answers: { 200: { description: 'The newest first', schema: SwapsAnswer } } })
  async list(
    @Caller() person: Person,
    @Query({ schema: SwapsAsked }) { state }: z.infer<typeof SwapsAsked>,
  ): Promise<SwapsAnswer> {
    return this.unitOfWork.run(async (tx) => ({
      swaps: await this.views.ofPerson(tx, person, state),
    }));
  }

  @Get(':id')
  @Documented({ answers: { 200: { description: 'The swap', schema: SwapAnswer } } })
  async show(
    @Caller() person: Person,
    @Param('id', { schema: Id }) id: string,
  ): Promise<SwapAnswer> {
    return this.unitOfWork.run((tx) => this.views.byId(tx, person, id, 'SwapActsController.show'));
  }

  /** By the counterpart: from now on it holds. */
  @Post(':id/acceptance')
  @Documented(as('Accepted'))
  accept(
    @Caller() person: Person,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ActRequested }) body: ActRequested,
  ): Promise<SwapActAnswer> {
    const asked = askedOf(id, 'accept', body);
    return this.act((tx) => this.acts.accept(tx, person, asked));
  }

  /** By the counterpart; of what has become of a swap, by either: then it is undone. */
  @Post(':id/refusal')
  @Documented(as('Declined, or undone'))
  decline(
    @Caller() person: Person,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ActRequested }) body: ActRequested,
  ): Promise<SwapActAnswer> {
    const asked = askedOf(id, 'decline', body);
    return this.act((tx) => this.acts.decline(tx, person, asked));
  }

  /** By whoever asked, before it is accepted. */
  @Post(':id/withdrawal')
  @Documented(as('Withdrawn'))
  withdraw(
    @Caller() person: Person,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ActRequested }) body: ActRequested,
  ): Promise<SwapActAnswer> {
    const asked = askedOf(id, 'withdraw', body);
    return this.act((tx) => this.acts.withdraw(tx, person, asked));
  }

  /** By each of the two, when the shift has changed: once both have, the new shift is swapped. */
  @Post(':id/confirmation')
  @Documented(as('Confirmed by one, or accepted anew'))
  confirm(
    @Caller() person: Person,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ActRequested }) body: ActRequested,
  ): Promise<SwapActAnswer> {
    const asked = askedOf(id, 'confirm', body);
    return this.act((tx) => this.acts.confirm(tx, person, asked));
  }

  /** By either, until the earlier shift starts. */
  @Post(':id/undoing')
  @Documented(as('Undone'))
  undo(
    @Caller() person: Person,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ActRequested }) body: ActRequested,
  ): Promise<SwapActAnswer> {
    const asked = askedOf(id, 'undo', body);
    return this.act((tx) => this.acts.undo(tx, person, asked));
  }

  private act(work: (tx: Tx) => Promise<Acted>): Promise<SwapActAnswer> {
    return this.unitOfWork.run(async (tx) => {
      const { schedule, row, warnings } = await work(tx);
      return { ...(await this.views.one(tx, schedule, row)), warnings };
    });
  }
}

function askedOf(id: string, method: string, asked: ActRequested): ActAsked {
  const { version, acceptGap, acceptFatigue } = asked;
  const accepted = {
    gapReason: acceptGap?.reason ?? null,
    fatigueReason: acceptFatigue?.reason ?? null,
  };
  return { id, version, handler: `SwapActsController.${method}`, accepted };
}
