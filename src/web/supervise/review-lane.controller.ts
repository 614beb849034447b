import { Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { ReviewLane, type UnverifiedFlag } from '../../intake/review/review-lane.service.js';
import { Allow } from '../../platform/http/allow.js';
import { Caller } from '../../staff/caller.js';
import { Rights } from '../../staff/rights.service.js';
import type { Person } from '../../staff/rules/permissions.js';

const FlagId = z.uuid();

/** What came without a good key: supervisors of the program it names see it, else all of them. */
@Controller('v1/unverified-flags')
@Allow('supervisor')
export class ReviewLaneController {
  constructor(
    private readonly lane: ReviewLane,
    private readonly rights: Rights,
  ) {}

  /** Newest first, at most 100. */
  @Get()
  async list(@Caller() person: Person): Promise<{ flags: UnverifiedFlag[] }> {
    return { flags: await this.lane.list(this.reviewer(person)) };
  }

  /** 201 with the time; 409 `already_reviewed` when somebody was here before. */
  @Post(':id/review')
  review(
    @Caller() person: Person,
    @Param('id', { schema: FlagId }) id: string,
  ): Promise<{ id: string; reviewedAt: Date }> {
    return this.lane.reviewed(this.reviewer(person), id);
  }

  private reviewer(person: Person) {
    const programIds = this.rights.programsOf(person, 'supervisor');
    return { staffId: person.staffId, programIds };
  }
}
