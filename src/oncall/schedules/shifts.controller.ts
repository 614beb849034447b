import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../../platform/db/unit-of-work.js';
import { Allow } from '../../platform/http/allow.js';
import { Documented } from '../../platform/http/reference/documented.js';
import { Caller } from '../../staff/caller.js';
import type { Person } from '../../staff/rules/permissions.js';
import { Staff } from '../../staff/staff.service.js';
import { whyText } from '../on-call.service.js';
import { gapsOf, shiftsOf } from '../rules/resolve.js';
import { localStretch } from '../rules/time/wall-clock.js';
import { SpanAsked, spanOf } from '../span.js';
import { ScheduleRights } from './schedule-rights.service.js';
import { Schedules } from './schedules.service.js';

const stretch = {
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  localFrom: z.string().describe('In the zone of the schedule'),
  localTo: z.string(),
};
const ShiftsAnswer = z.object({
  schedule: z.object({ id: z.string(), key: z.string(), name: z.string() }),
  zone: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  shifts: z.array(
    z.object({
      person: z.object({ id: z.string(), name: z.string().nullable() }),
      ...stretch,
      why: z.string().describe('Names the layer, fixed stretch, override or swap'),
    }),
  ),
  gaps: z.array(z.object(stretch)).describe('Nobody is on call'),
});
type ShiftsAnswer = z.infer<typeof ShiftsAnswer>;

@Controller('v1/schedules')
@Allow('staff')
export class ShiftsController {
  constructor(
    private readonly schedules: Schedules,
    private readonly rights: ScheduleRights,
    private readonly staff: Staff,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Who is on call and when, cut to the span: from now for 30 days by default, at most 400 days.
   * What has passed is answered by what was published then.
   */
  @Get(':id/shifts')
  @Documented({ answers: { 200: { description: 'By their beginning', schema: ShiftsAnswer } } })
  async list(
    @Caller() person: Person,
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: SpanAsked }) asked: z.infer<typeof SpanAsked>,
  ): Promise<ShiftsAnswer> {
    return this.unitOfWork.run(async (tx) => {
      const row = await this.rights.read(tx, person, { id, handler: 'ShiftsController.list' });
      const span = spanOf(asked, tx.now);
      const segments = await this.schedules.timeline(tx, row, span);
      const shifts = shiftsOf(segments);
      const people = shifts.flatMap(({ member, why }) =>
        'instead' in why && why.instead !== null ? [member, why.instead] : [member],
      );
      const [names, keys] = await Promise.all([
        this.staff.names(people, tx.db),
        this.staff.keys(tx, people),
      ]);
      const { zone } = row.body;
      return {
        schedule: { id: row.id, key: row.key, name: row.name },
        zone,
        ...localStretch(zone, span),
        shifts: shifts.map(({ member, why, ...interval }) => ({
          person: { id: member, name: names.get(member) ?? null },
          ...localStretch(zone, interval),
          why: whyText(row.key, why, keys),
        })),
        gaps: gapsOf(segments).map((gap) => localStretch(zone, gap)),
      };
    });
  }
}
