import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Allow } from '../../../platform/http/allow.js';
import { Documented } from '../../../platform/http/reference/documented.js';
import { Caller } from '../../../staff/caller.js';
import type { Person } from '../../../staff/rules/permissions.js';
import { CalendarFeeds, type FeedView } from './calendar-feeds.service.js';

const Key = z.string().min(1).max(64);
const Wanted = z.union([
  z.strictObject({ kind: z.literal('person') }),
  z
    .strictObject({ kind: z.literal('person'), program: Key, staff: Key })
    .describe("Somebody else's; only for supervisors of the program"),
  z.strictObject({ kind: z.literal('schedule'), program: Key, schedule: Key }),
]);

const Created = z.object({
  id: z.uuid(),
  url: z.string().describe('The secret address; shown here and never again'),
});
const named = z.object({ id: z.uuid(), name: z.string().nullable() });
const Feeds = z.object({
  feeds: z.array(
    z.object({
      id: z.uuid(),
      kind: z.enum(['person', 'schedule']),
      program: z.string().nullable().describe('Null: every program of the person'),
      person: named.nullable(),
      schedule: z.object({ id: z.uuid(), key: z.string(), name: z.string() }).nullable(),
      createdBy: named,
      createdAt: z.iso.datetime(),
      lastReadAt: z.iso.datetime().nullable().describe('To the hour'),
    }),
  ),
});

@Controller('v1/calendar-feeds')
@Allow('staff')
export class CalendarFeedsController {
  constructor(private readonly feeds: CalendarFeeds) {}

  /** One's own shifts, those of one schedule, or for supervisors those of somebody else. */
  @Post()
  @Documented({ answers: { 201: { description: 'The feed is there', schema: Created } } })
  create(
    @Caller() person: Person,
    @Body({ schema: Wanted }) wanted: z.infer<typeof Wanted>,
  ): Promise<{ id: string; url: string }> {
    return this.feeds.create(person, wanted);
  }

  /** Those that show the caller's own shifts or were made by the caller, without the address. */
  @Get()
  @Documented({ answers: { 200: { description: 'The newest first', schema: Feeds } } })
  async list(@Caller() person: Person): Promise<{ feeds: FeedView[] }> {
    return { feeds: await this.feeds.list(person) };
  }

  @Delete(':id')
  @HttpCode(204)
  @Documented({
    answers: {
      204: { description: 'Nobody reads it any more' },
      404: { description: 'The caller has no such feed' },
    },
  })
  async revoke(
    @Caller() person: Person,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<void> {
    await this.feeds.revoke(person, id);
  }
}
