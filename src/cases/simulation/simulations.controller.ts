import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { localTime } from '../../oncall/rules/time/wall-clock.js';
import { UnitOfWork } from '../../platform/db/unit-of-work.js';
import { Allow } from '../../platform/http/allow.js';
import { Documented } from '../../platform/http/reference/documented.js';
import { needs } from '../../programs/rules/needs.js';
import { Caller } from '../../staff/caller.js';
import { Rights } from '../../staff/rights.service.js';
import type { Person } from '../../staff/rules/permissions.js';
import { acuities } from '../rules/policy.js';
import { Simulations } from './simulations.service.js';

const Asked = z.strictObject({
  program: z.string().max(40),
  acuity: z.enum(acuities).default('URGENT'),
  need: z.enum(needs).optional(),
  at: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
});
type Asked = z.infer<typeof Asked>;

const instant = z.iso.datetime();
const about = {
  at: instant,
  zone: z.string().describe('Of the program'),
  acuity: z.string().describe('What the flag would count as'),
  need: z.string().nullable(),
};
const place = { at: instant, round: z.int(), step: z.int().describe('From 0, the backstop last') };

const SimulationAnswer = z.object({
  ...about,
  policyVersion: z.int(),
  pages: z.array(
    z.object({
      ...place,
      afterSeconds: z.int(),
      localAt: z.string(),
      person: z.object({ id: z.string(), name: z.string().nullable() }),
      why: z.string(),
      preferencesDropped: z.array(z.string()),
      attempts: z.array(z.object({ at: instant, afterSeconds: z.int(), channel: z.string() })),
    }),
  ),
  skipped: z.array(z.object(place)).describe('Steps that would reach nobody, passed over at once'),
  alarms: z.array(z.object({ at: instant, afterSeconds: z.int(), kind: z.string() })),
  roundAgainAt: instant.nullable().describe('When the steps would begin again'),
});
type SimulationAnswer = z.infer<typeof SimulationAnswer>;

const WeekAnswer = z.object({
  ...about,
  moments: z.array(
    z.object({
      at: instant,
      localAt: z.string(),
      seconds: z.array(z.int().nullable()).describe('To the 1st, 2nd, 3rd person paged'),
    }),
  ),
});
type WeekAnswer = z.infer<typeof WeekAnswer>;

/** What would happen to a flag raised at `at`, now by default, and never answered. */
@Controller('v1/simulations')
@Allow('staff')
export class SimulationsController {
  constructor(
    private readonly simulations: Simulations,
    private readonly rights: Rights,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** One round of the policy: whom it would page, when, over which channels, and why them. */
  @Get()
  @Documented({ answers: { 200: { description: 'In order of time', schema: SimulationAnswer } } })
  async play(
    @Caller() person: Person,
    @Query({ schema: Asked }) asked: Asked,
  ): Promise<SimulationAnswer> {
    const program = await this.programFor(person, asked, 'SimulationsController.play');
    return this.unitOfWork.run(async (tx) => {
      const { acuity, need = null, at = tx.now } = asked;
      const played = await this.simulations.play(tx, { program, acuity, need, at });
      const moment = (when: number) => ({
        at: new Date(when).toISOString(),
        afterSeconds: Math.round((when - at.getTime()) / 1000),
      });
      const { zone } = program;
      return {
        at: at.toISOString(),
        zone,
        acuity: played.acuity,
        need,
        policyVersion: played.policyVersion,
        pages: played.pages.map((page) => ({
          ...moment(page.at),
          localAt: localTime(zone, page.at).toString({ smallestUnit: 'second' }),
          round: page.round,
          step: page.step,
          person: { id: page.person, name: page.name },
          why: page.why,
          preferencesDropped: [...page.dropped],
          attempts: page.attempts.map((one) => ({ ...moment(one.at), channel: one.channel })),
        })),
        skipped: played.skipped.map((one) => ({ ...one, at: new Date(one.at).toISOString() })),
        alarms: played.alarms.map((one) => ({ ...moment(one.at), kind: one.kind })),
        roundAgainAt:
          played.roundAgainAt === null ? null : new Date(played.roundAgainAt).toISOString(),
      };
    });
  }

  /** The same for every half hour of a week, as far as how long it takes to page whom. */
  @Get('week')
  @Documented({ answers: { 200: { description: 'In order of time', schema: WeekAnswer } } })
  async week(
    @Caller() person: Person,
    @Query({ schema: Asked }) asked: Asked,
  ): Promise<WeekAnswer> {
    const program = await this.programFor(person, asked, 'SimulationsController.week');
    return this.unitOfWork.run(async (tx) => {
      const { acuity, need = null, at = tx.now } = asked;
      const week = await this.simulations.week(tx, { program, acuity, need, at });
      const { zone } = program;
      return {
        at: at.toISOString(),
        zone,
        acuity,
        need,
        moments: week.map((one) => ({
          at: new Date(one.at).toISOString(),
          localAt: localTime(zone, one.at).toString({ smallestUnit: 'minute' }),
          seconds: one.seconds,
        })),
      };
    });
  }

  private programFor(person: Person, { program: key }: Asked, handler: string) {
    return this.rights.program(person, { key, permission: 'staff', handler });
  }
}
