import { Body, Controller, Delete, Get, HttpCode, Put } from '@nestjs/common';
import { z } from 'zod';
import { Allow } from '../../../platform/http/allow.js';
import { Documented } from '../../../platform/http/reference/documented.js';
import { Caller } from '../../../staff/caller.js';
import type { Person } from '../../../staff/rules/permissions.js';
import { BusyCalendars, type BusyCalendarView } from './busy-calendars.service.js';

const Address = z.strictObject({
  url: z.string().min(1).max(2_000).describe('The https address of an iCalendar file'),
});
const Shown = z.object({
  host: z.string(),
  createdAt: z.iso.datetime(),
  fetchedAt: z.iso.datetime().nullable(),
  nextFetchAt: z.iso.datetime(),
  trouble: z.object({ code: z.string(), detail: z.string() }).nullable(),
  busyTimes: z.int().describe('Within the next 60 days, overlapping ones as one'),
});
const shown = { description: 'Of the address no more than the host', schema: Shown };
const none = { description: 'The caller has given no calendar' };

/** The caller's own calendar elsewhere: only its times are kept, and they only warn. */
@Controller('v1/busy-calendar')
@Allow('staff')
export class BusyCalendarController {
  constructor(private readonly calendars: BusyCalendars) {}

  @Get()
  @Documented({ answers: { 200: shown, 404: none } })
  show(@Caller() person: Person): Promise<BusyCalendarView> {
    return this.calendars.show(person);
  }

  /** Fetched in a moment and then every hour; 422 with a code for an address we never ask. */
  @Put()
  @Documented({ answers: { 200: shown, 422: { description: 'No address that we would ask' } } })
  set(
    @Caller() person: Person,
    @Body({ schema: Address }) { url }: z.infer<typeof Address>,
  ): Promise<BusyCalendarView> {
    return this.calendars.set(person, url);
  }

  /** Forgets the address and every time that was read from it. */
  @Delete()
  @HttpCode(204)
  @Documented({ answers: { 204: { description: 'Nothing is kept' }, 404: none } })
  async remove(@Caller() person: Person): Promise<void> {
    await this.calendars.remove(person);
  }
}
