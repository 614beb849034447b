import { Body, Controller, Get, Header, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Schedules } from '../../../oncall/schedules/schedules.service.js';
import { SwapViews } from '../../../oncall/swaps/swap-views.service.js';
import { type Tx, UnitOfWork } from '../../../platform/db/unit-of-work.js';
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
import { type Place, Places } from '../places.service.js';
import { readShift } from './shift-codes.js';
import { ShiftsToSwap } from './shifts-to-swap.service.js';
import { swapActNames, SwapForms, type SwapShown } from './swap-forms.service.js';
import { type SentSwap, type SwapDone, SwapsPage } from './swaps.page.js';

const Id = z.uuid();
const ActName = z.enum(swapActNames);
const SwapsQuery = z.object({
  program: z.string().max(40).optional(),
  for: Id.optional().catch(undefined),
  shift: z.string().max(100).optional(),
  done: z
    .enum(['requested', ...swapActNames])
    .optional()
    .catch(undefined),
});
type SwapsQuery = z.infer<typeof SwapsQuery>;

const shownMs = 60 * 86_400_000;
const nothingSent: SentSwap = { fields: {}, problem: null, looked: null, refused: null };

interface Looker {
  person: Person;
  session: Session | null;
}

interface Shown {
  program?: string | undefined;
  requester?: string | undefined;
  shift?: string | undefined;
  done?: SwapDone | undefined;
}

/** Swaps as pages: each sees and settles their own, supervisors do so for others. */
@Controller('on-call/swaps')
@Allow('staff')
export class SwapsPageController {
  constructor(
    private readonly places: Places,
    private readonly forms: SwapForms,
    private readonly views: SwapViews,
    private readonly shifts: ShiftsToSwap,
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
    @Query({ schema: SwapsQuery }) { for: requester, ...asked }: SwapsQuery,
  ): Promise<string> {
    return this.page({ person, session }, { ...asked, requester }, nothingSent);
  }

  @Post()
  @Header('Content-Type', htmlType)
  async submit(
    @Caller() person: Person,
    @CurrentSession() session: Session | null,
    @Body({ schema: FormBody }) fields: FormFields,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { program, shift, requester } = fields;
    const shown = { program, shift, requester };
    try {
      const asked = { fields, handler: 'SwapsPageController.submit' };
      const result = await this.unitOfWork.run((tx) => this.forms.submit(tx, person, asked));
      if (result.outcome === 'requested') return after(reply, program, 'requested');
      const { looked, problem } = result;
      reply.status(problem === null ? HttpStatus.OK : HttpStatus.CONFLICT);
      const sent = { ...nothingSent, fields, looked, problem };
      return await this.page({ person, session }, shown, sent);
    } catch (error) {
      // Safe: what was refused has changed nothing; it comes back with everything that was typed.
      if (!(error instanceof Rejection) || error.status === 404) throw error;
      reply.status(error.status);
      const sent = { ...nothingSent, fields, problem: error.detail };
      return this.page({ person, session }, shown, sent);
    }
  }

  @Post(':id')
  @Header('Content-Type', htmlType)
  async act(
    @Caller() person: Person,
    @CurrentSession() session: Session | null,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: FormBody }) fields: FormFields,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const name = ActName.safeParse(fields['act']).data;
    if (name === undefined) throw new Rejection('not_found', 'There is nothing at this address.');
    const { program } = fields;
    try {
      await this.unitOfWork.run((tx) => this.forms.act(tx, person, { id, name, fields }));
      return after(reply, program, name);
    } catch (error) {
      // Safe: what was refused has changed nothing.
      if (!(error instanceof Rejection) || error.status === 404) throw error;
      reply.status(error.status);
      const place = await this.placeOf({ person, session }, program);
      const need = needOf(error, place.program.zone);
      const refused = need && { swapId: id, needs: { ...nothingNeeded, ...need }, fields };
      const problem = need === null ? error.detail : 'It was not done. Look below why.';
      return this.page({ person, session }, { program }, { ...nothingSent, problem, refused });
    }
  }

  private placeOf({ person, session }: Looker, program: string | undefined): Promise<Place> {
    const handler = 'SwapsPageController.show';
    return this.places.of(person, session, { program, handler });
  }

  private async page(looker: Looker, shown: Shown, sent: SentSwap): Promise<string> {
    const place = await this.placeOf(looker, shown.program);
    const { id: programId } = place.program;
    const requester = place.isSupervisor ? (shown.requester ?? place.staffId) : place.staffId;
    return this.unitOfWork.run(async (tx) => {
      const schedules = await this.schedules.ofProgram(tx, programId);
      const swaps: SwapShown[] = [];
      const span = { from: tx.now.getTime(), to: tx.now.getTime() + shownMs };
      for (const one of schedules) swaps.push(...(await this.views.onSchedule(tx, one, span)));
      const shifts = await this.shifts.of(tx, programId);
      const people = await this.people.of(tx, programId);
      const props = {
        place,
        requester,
        schedules,
        swaps,
        shifts,
        people,
        shift: readShift(shown.shift ?? ''),
        names: await this.names(tx, [requester, ...people.map(([id]) => id)], sent),
        done: shown.done ?? null,
      };
      return renderPage(<SwapsPage {...props} sent={sent} />);
    });
  }

  private names(tx: Tx, ids: readonly string[], { looked }: SentSwap) {
    const changed = looked?.swap.effect?.changes ?? [];
    const others = changed.flatMap(({ before, after: then }) => [...before, ...then]);
    const all = [...ids.filter((id) => Id.safeParse(id).success), ...others.map(({ id }) => id)];
    return this.staff.names(all, tx.db);
  }
}

function after(reply: FastifyReply, program: string | undefined, done: SwapDone): string {
  return seeOther(reply, `${address('/swaps', program ?? '')}&done=${done}`);
}
