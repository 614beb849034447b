import { Body, Controller, Get, Header, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Overrides } from '../../../oncall/overrides/overrides.service.js';
import { Schedules } from '../../../oncall/schedules/schedules.service.js';
import { UnitOfWork } from '../../../platform/db/unit-of-work.js';
import { Allow } from '../../../platform/http/allow.js';
import { Rejection } from '../../../platform/http/rejection.js';
import { Caller } from '../../../staff/caller.js';
import type { Person } from '../../../staff/rules/permissions.js';
import { CurrentSession } from '../../../staff/sessions/current-session.js';
import type { Session } from '../../../staff/sessions/sessions.service.js';
import { Staff } from '../../../staff/staff.service.js';
import { seeOther } from '../../help/help.controller.js';
import { htmlType, renderPage } from '../../layout/document.js';
import { FormBody, type FormFields } from '../../layout/form-body.js';
import { needOf, nothingNeeded } from '../acceptances.js';
import { address } from '../on-call-page.js';
import { PeopleToChoose } from '../people.service.js';
import { Places } from '../places.service.js';
import { OverrideForms } from './override-forms.service.js';
import { type Done, OverridesPage, type Sent } from './overrides.page.js';

const Id = z.uuid();
const short = z.string().max(60).optional();
/** Whatever else is stated fills in the form, such as from a gap in the days. */
const OverridesQuery = z
  .object({
    program: short,
    schedule: short.describe('The key'),
    done: z.enum(['made', 'taken-back']).optional().catch(undefined),
    kind: z.enum(['replace', 'add', 'remove']).optional().catch(undefined),
    outgoing: short,
    incoming: short,
    from: short,
    to: short,
  })
  .partial();
type OverridesQuery = z.infer<typeof OverridesQuery>;

const shownMs = 400 * 86_400_000;
const nothingSent: Sent = { fields: {}, problem: null, looked: null, refused: null };

interface Looker {
  person: Person;
  session: Session | null;
}

/** Overrides as pages: everybody sees them, supervisors and admins make them. */
@Controller('on-call/overrides')
@Allow('staff')
export class OverridesPageController {
  constructor(
    private readonly places: Places,
    private readonly forms: OverrideForms,
    private readonly overrides: Overrides,
    private readonly schedules: Schedules,
    private readonly people: PeopleToChoose,
    private readonly staff: Staff,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get()
  @Header('Content-Type', htmlType)
  show(
    @Caller() person: Person,
    @CurrentSession() session: Session | null,
    @Query({ schema: OverridesQuery }) asked: OverridesQuery,
  ): Promise<string> {
    const { program, schedule, done = null, ...stated } = asked;
    const entries = Object.entries(stated).filter((entry): entry is [string, string] => !!entry[1]);
    const sent = { ...nothingSent, fields: Object.fromEntries(entries) };
    return this.page({ person, session }, { program, schedule }, sent, done);
  }

  @Post()
  @Allow('supervisor', 'admin')
  @Header('Content-Type', htmlType)
  async submit(
    @Caller() person: Person,
    @CurrentSession() session: Session | null,
    @Body({ schema: FormBody }) fields: FormFields,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { program, schedule } = fields;
    const scheduleId = idOf(schedule);
    try {
      const handler = 'OverridesPageController.submit';
      const asked = { scheduleId, fields, handler };
      const result = await this.unitOfWork.run((tx) => this.forms.submit(tx, person, asked));
      if (result.outcome === 'made') {
        return await this.after(reply, { program, scheduleId }, 'made');
      }
      const { looked, problem } = result;
      reply.status(problem === null ? HttpStatus.OK : HttpStatus.CONFLICT);
      const sent = { ...nothingSent, fields, problem, looked };
      return await this.page({ person, session }, { program, schedule: scheduleId }, sent, null);
    } catch (error) {
      // Safe: what was refused has changed nothing; it comes back with everything that was typed.
      if (!(error instanceof Rejection) || error.status === 404) throw error;
      reply.status(error.status);
      const sent = { ...nothingSent, fields, problem: error.detail };
      return this.page({ person, session }, { program, schedule: scheduleId }, sent, null);
    }
  }

  @Post(':id/withdrawal')
  @Allow('supervisor', 'admin')
  @Header('Content-Type', htmlType)
  async takeBack(
    @Caller() person: Person,
    @CurrentSession() session: Session | null,
    @Param('id', { schema: Id }) overrideId: string,
    @Body({ schema: FormBody }) fields: FormFields,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { program, schedule } = fields;
    const scheduleId = idOf(schedule);
    try {
      const handler = 'OverridesPageController.takeBack';
      const asked = { scheduleId, overrideId, fields, handler };
      await this.unitOfWork.run((tx) => this.forms.takeBack(tx, person, asked));
      return await this.after(reply, { program, scheduleId }, 'taken-back');
    } catch (error) {
      // Safe: what was refused has changed nothing.
      if (!(error instanceof Rejection) || error.status === 404) throw error;
      reply.status(error.status);
      const refused = { overrideId, fields, message: error.detail };
      const sent = (zone: string): Sent => {
        const need = needOf(error, zone);
        const needs = { ...nothingNeeded, ...need };
        const problem = need === null ? error.detail : 'It was not taken back. Look below why.';
        return { ...nothingSent, problem, refused: { ...refused, needs } };
      };
      return this.page({ person, session }, { program, schedule: scheduleId }, sent, null);
    }
  }

  private async after(
    reply: FastifyReply,
    { program = '', scheduleId }: { program: string | undefined; scheduleId: string },
    done: Done,
  ): Promise<string> {
    const row = await this.unitOfWork.run((tx) => this.schedules.byId(tx, scheduleId));
    const to = `${address('/overrides', program)}&schedule=${row?.key ?? ''}&done=${done}`;
    return seeOther(reply, to);
  }

  private async page(
    { person, session }: Looker,
    asked: { program: string | undefined; schedule: string | undefined },
    sent: Sent | ((zone: string) => Sent),
    done: Done | null,
  ): Promise<string> {
    const handler = 'OverridesPageController.show';
    const place = await this.places.of(person, session, { program: asked.program, handler });
    return this.unitOfWork.run(async (tx) => {
      const { id: programId } = place.program;
      const schedules = await this.schedules.ofProgram(tx, programId);
      const stated = asked.schedule;
      const [first = null] = schedules;
      const schedule = schedules.find(({ id, key }) => id === stated || key === stated) ?? first;
      const span = { from: tx.now.getTime(), to: tx.now.getTime() + shownMs };
      const rows = schedule === null ? [] : await this.overrides.of(tx, schedule.id, span);
      const people = await this.people.of(tx, programId);
      const given = typeof sent === 'function' ? sent(schedule?.body.zone ?? 'UTC') : sent;
      const differences = given.looked?.effect.differences ?? [];
      const ids = [
        ...rows.flatMap(({ incoming, outgoing, madeBy }) => [incoming, outgoing, madeBy]),
        ...differences.flatMap(({ before, after }) => [...before, ...after]),
      ];
      const names = await this.staff.names(
        ids.filter((id) => id !== null),
        tx.db,
      );
      const props = { place, now: tx.now, schedules, schedule, rows, people, names, done };
      return renderPage(<OverridesPage {...props} sent={given} />);
    });
  }
}

function idOf(stated: string | undefined): string {
  const id = Id.safeParse(stated).data;
  if (id === undefined) throw new Rejection('not_found', 'There is no such schedule.');
  return id;
}
