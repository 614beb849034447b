import { Body, Controller, Get, Header, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { BusyCalendars } from '../../../oncall/calendars/busy/busy-calendars.service.js';
import {
  CalendarFeeds,
  type FeedWanted,
} from '../../../oncall/calendars/feeds/calendar-feeds.service.js';
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
import { FormBody, type FormFields, readForm } from '../../layout/form-body.js';
import type { Option } from '../form-fields.js';
import { address } from '../on-call-page.js';
import { PeopleToChoose } from '../people.service.js';
import { type Place, Places } from '../places.service.js';
import { type Busy, type CalendarDone, CalendarPage } from './calendar.page.js';

const Id = z.uuid();
const CalendarQuery = z.object({
  program: z.string().max(40).optional(),
  done: z.enum(['revoked', 'set', 'removed']).optional().catch(undefined),
});
type CalendarQuery = z.infer<typeof CalendarQuery>;
const FeedForm = z.object({ what: z.string().max(100), program: z.string().max(64) });
const BusyForm = z.object({ url: z.string().max(2_000) });

interface Looker {
  person: Person;
  session: Session | null;
}

interface Shown {
  program: string | undefined;
  url?: string;
  fields?: FormFields;
  problem?: string;
  done?: CalendarDone | undefined;
}

/** Everybody's own calendars: ours elsewhere, and theirs here. */
@Controller('on-call/calendar')
@Allow('staff')
export class CalendarPageController {
  constructor(
    private readonly places: Places,
    private readonly feeds: CalendarFeeds,
    private readonly busy: BusyCalendars,
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
    @Query({ schema: CalendarQuery }) { program, done }: CalendarQuery,
  ): Promise<string> {
    return this.page({ person, session }, { program, done });
  }

  /** The page that answers is the only one that ever shows the address. */
  @Post('feeds')
  @Header('Content-Type', htmlType)
  createFeed(
    @Caller() person: Person,
    @CurrentSession() session: Session | null,
    @Body({ schema: FormBody }) fields: FormFields,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.tried({ person, session }, fields, reply, async () => {
      const { what, program } = readForm(FeedForm, fields, { what: 'what it shows' });
      const { url } = await this.feeds.create(person, wantedOf(what, program));
      reply.status(HttpStatus.CREATED);
      return this.page({ person, session }, { program, url });
    });
  }

  @Post('feeds/:id/revocation')
  @Header('Content-Type', htmlType)
  async revokeFeed(
    @Caller() person: Person,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: FormBody }) fields: FormFields,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.feeds.revoke(person, id);
    return after(reply, fields, 'revoked');
  }

  @Post('busy')
  @Header('Content-Type', htmlType)
  setBusy(
    @Caller() person: Person,
    @CurrentSession() session: Session | null,
    @Body({ schema: FormBody }) fields: FormFields,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.tried({ person, session }, fields, reply, async () => {
      await this.busy.set(person, readForm(BusyForm, fields, { url: 'the address' }).url);
      return after(reply, fields, 'set');
    });
  }

  @Post('busy/removal')
  @Header('Content-Type', htmlType)
  async removeBusy(
    @Caller() person: Person,
    @Body({ schema: FormBody }) fields: FormFields,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.busy.remove(person);
    return after(reply, fields, 'removed');
  }

  /** A refusal comes back on the page, with what was typed. */
  private async tried(
    looker: Looker,
    fields: FormFields,
    reply: FastifyReply,
    work: () => Promise<string>,
  ): Promise<string> {
    try {
      return await work();
    } catch (error) {
      // Safe: what was refused has changed nothing, and anything else goes on as it came.
      if (!(error instanceof Rejection) || error.status === 404) throw error;
      reply.status(error.status);
      const { program } = fields;
      return this.page(looker, { program, fields, problem: error.detail });
    }
  }

  private async page({ person, session }: Looker, shown: Shown): Promise<string> {
    const handler = 'CalendarPageController.show';
    const place = await this.places.of(person, session, { program: shown.program, handler });
    const { url = null, fields = {}, problem = null, done = null } = shown;
    const props = {
      place,
      feeds: await this.feeds.list(person),
      busy: await this.busyOf(person),
      ...(await this.options(place)),
      url,
      fields,
      problem,
      done,
    };
    return renderPage(<CalendarPage {...props} />);
  }

  private async busyOf(person: Person): Promise<Busy | null> {
    try {
      return await this.busy.show(person);
    } catch (error) {
      // Safe: they have given none.
      if (error instanceof Rejection && error.status === 404) return null;
      throw error;
    }
  }

  private options({ program }: Place): Promise<{ schedules: Option[]; people: Option[] }> {
    return this.unitOfWork.run(async (tx) => {
      const schedules = await this.schedules.ofProgram(tx, program.id);
      const people = await this.people.of(tx, program.id);
      const keys = await this.staff.keys(
        tx,
        people.map(([id]) => id),
      );
      return {
        schedules: schedules.map(({ key, name }): Option => [key, name]),
        people: people.map(([id, name]): Option => [keys.get(id) ?? id, name]),
      };
    });
  }
}

function wantedOf(what: string, program: string): FeedWanted {
  const [kind, key = ''] = what.split(' ');
  if (kind === 'schedule') return { kind, program, schedule: key };
  return kind === 'staff' ? { kind: 'person', program, staff: key } : { kind: 'person' };
}

function after(reply: FastifyReply, { program = '' }: FormFields, done: CalendarDone): string {
  return seeOther(reply, `${address('/calendar', program)}&done=${done}`);
}
