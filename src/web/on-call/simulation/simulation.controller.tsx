import { Controller, Get, Header, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Simulations } from '../../../cases/simulation/simulations.service.js';
import { LocalTimes } from '../../../oncall/local-times.service.js';
import { type Tx, UnitOfWork } from '../../../platform/db/unit-of-work.js';
import { Allow } from '../../../platform/http/allow.js';
import { Rejection } from '../../../platform/http/rejection.js';
import type { Program } from '../../../programs/programs.service.js';
import { Caller } from '../../../staff/caller.js';
import type { Person } from '../../../staff/rules/permissions.js';
import { CurrentSession } from '../../../staff/sessions/current-session.js';
import type { Session } from '../../../staff/sessions/sessions.service.js';
import { htmlType, renderPage } from '../../layout/document.js';
import { Places } from '../places.service.js';
import { localField } from '../times.js';
import { type Question, SimulationPage } from './simulation.page.js';
import { stripOf } from './week-strip.js';

/** What cannot be understood is asked again; a moment is checked by itself, to be told about. */
const SimulationQuery = z.object({
  program: z.string().max(40).optional(),
  acuity: z.enum(['EMERGENT', 'URGENT', 'PRIORITY', 'ROUTINE']).catch('URGENT'),
  need: z.enum(['crisis', 'coaching', 'medication', 'session']).nullable().catch(null),
  at: z.string().max(40).catch(''),
  nth: z.coerce.number().int().min(1).max(3).catch(1),
});
type SimulationQuery = z.infer<typeof SimulationQuery>;

const daysInStrip = 7;

@Controller('on-call/simulation')
@Allow('staff')
export class SimulationController {
  constructor(
    private readonly places: Places,
    private readonly simulations: Simulations,
    private readonly localTimes: LocalTimes,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get()
  @Header('Content-Type', htmlType)
  async show(
    @Caller() person: Person,
    @CurrentSession() session: Session | null,
    @Query({ schema: SimulationQuery }) { program: key, ...question }: SimulationQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const handler = 'SimulationController.show';
    const place = await this.places.of(person, session, { program: key, handler });
    try {
      return await this.unitOfWork.run(async (tx) => {
        const { program } = place;
        const at = this.moment(tx, program, question.at);
        const asked = { ...question, at: localField(at.getTime(), program.zone) };
        const answer = await this.answer(tx, program, question, at);
        return renderPage(
          <SimulationPage place={place} question={asked} problem={null} answer={answer} />,
        );
      });
    } catch (error) {
      // Safe: a question changes nothing; it comes back as it was typed.
      if (!(error instanceof Rejection)) throw error;
      reply.status(error.status);
      const props = { place, question, problem: error.detail, answer: null };
      return renderPage(<SimulationPage {...props} />);
    }
  }

  private moment(tx: Tx, { zone }: Program, typed: string): Date {
    if (typed === '') return tx.now;
    const instant = z.iso.datetime({ offset: true }).safeParse(typed).data;
    return instant === undefined ? this.localTimes.beginning(zone, typed) : new Date(instant);
  }

  private async answer(tx: Tx, program: Program, { acuity, need, nth }: Question, at: Date) {
    const { zone } = program;
    const midnight = this.localTimes.midnight(zone, at.getTime());
    const played = await this.simulations.play(tx, { program, acuity, need, at });
    const week = await this.simulations.week(tx, { program, acuity, need, at: midnight });
    const days = this.localTimes.days(zone, midnight.getTime(), daysInStrip);
    return { at, played, days: stripOf(week, days, { zone, nth }) };
  }
}
