import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../../platform/db/unit-of-work.js';
import { Allow } from '../../platform/http/allow.js';
import { Documented } from '../../platform/http/reference/documented.js';
import { Caller } from '../../staff/caller.js';
import { Rights } from '../../staff/rights.service.js';
import type { Person } from '../../staff/rules/permissions.js';
import { Staff } from '../../staff/staff.service.js';
import type { Coverage, Gap } from '../rules/coverage.js';
import { localStretch } from '../rules/time/wall-clock.js';
import type { StoredSchedule } from '../schedules/schedules.service.js';
import { SpanAsked, spanOf } from '../span.js';
import { type CoverageFound, ProgramCoverage } from './program-coverage.service.js';

const CoverageAsked = z.strictObject({ program: z.string().max(40), ...SpanAsked.shape });

const stretch = {
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  localFrom: z.string(),
  localTo: z.string(),
};
const gapMinutes = {
  gap: z.int().describe('Accepted by nobody'),
  acceptedGap: z.int(),
};
const CoverageAnswer = z.object({
  program: z.string(),
  zone: z.string().describe('Of the program; local times of a gap are in that of its schedule'),
  ...stretch,
  schedules: z.array(
    z.object({
      id: z.string(),
      key: z.string(),
      name: z.string(),
      zone: z.string(),
      used: z.boolean().describe('A step of the policy pages it; alarms are about these only'),
      minutes: z.object(gapMinutes),
      gaps: z.array(
        z.object({
          ...stretch,
          why: z.enum(['nobody_scheduled', 'nobody_eligible', 'nobody_reachable']),
          accepted: z
            .object({
              by: z
                .object({ id: z.string(), name: z.string().nullable() })
                .nullable()
                .describe('Null: by the file of the program'),
              reason: z.string(),
              everyWeek: z.boolean(),
            })
            .nullable(),
        }),
      ),
    }),
  ),
  thin: z
    .array(z.object({ ...stretch, people: z.int() }))
    .describe('Fewer than two people who can be reached are named by all steps of an acuity'),
  minutes: z
    .object({ ...gapMinutes, thin: z.int() })
    .describe('In which at least one schedule that is used has a gap, each minute once'),
});
type CoverageAnswer = z.infer<typeof CoverageAnswer>;

@Controller('v1/coverage')
@Allow('staff')
export class CoverageController {
  constructor(
    private readonly coverage: ProgramCoverage,
    private readonly rights: Rights,
    private readonly staff: Staff,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * When nobody on call may take cases and can be reached, schedule by schedule, and when a program
   * has fewer than two such people: from now for 30 days by default, at most 400 days. Who may and
   * can is judged by what is on file now.
   */
  @Get()
  @Documented({ answers: { 200: { description: 'Schedules by key', schema: CoverageAnswer } } })
  async show(
    @Caller() person: Person,
    @Query({ schema: CoverageAsked }) { program: key, ...asked }: z.infer<typeof CoverageAsked>,
  ): Promise<CoverageAnswer> {
    const handler = 'CoverageController.show';
    const program = await this.rights.program(person, { key, permission: 'staff', handler });
    return this.unitOfWork.run(async (tx) => {
      const span = spanOf(asked, tx.now);
      const found = await this.coverage.of(tx, program.id, span);
      const acceptors = found.coverage.schedules.flatMap(({ gaps }) =>
        gaps.flatMap(({ accepted }) => accepted?.by ?? []),
      );
      const names = await this.staff.names(acceptors, tx.db);
      return { program: program.key, ...answerOf(found, span, names) };
    });
  }
}

function answerOf(
  { zone, coverage, schedules }: CoverageFound,
  span: { from: number; to: number },
  names: ReadonlyMap<string, string>,
): Omit<CoverageAnswer, 'program'> {
  const { thin, minutes } = coverage;
  return {
    zone,
    ...localStretch(zone, span),
    schedules: coverage.schedules.flatMap((one) => {
      const row = schedules.get(one.id);
      return row ? [scheduleAnswer(one, row, names)] : [];
    }),
    thin: thin.map(({ people, ...times }) => ({ ...localStretch(zone, times), people })),
    minutes,
  };
}

function scheduleAnswer(
  { used, minutes, gaps }: Coverage['schedules'][number],
  { id, key, name, body: { zone } }: StoredSchedule,
  names: ReadonlyMap<string, string>,
): CoverageAnswer['schedules'][number] {
  const shown = gaps.map((gap) => ({
    ...localStretch(zone, gap),
    why: gap.why,
    accepted: acceptedAnswer(gap, names),
  }));
  return { id, key, name, zone, used, minutes, gaps: shown };
}

function acceptedAnswer({ accepted }: Gap, names: ReadonlyMap<string, string>) {
  if (accepted === null) return null;
  const { by, reason, everyWeek } = accepted;
  return { by: by === null ? null : { id: by, name: names.get(by) ?? null }, reason, everyWeek };
}
