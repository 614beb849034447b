import { Body, Controller, Get, Header, HttpStatus, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FlagStatus, type FoundStatus } from '../../../intake/help/flag-status.service.js';
import { HelpFlags } from '../../../intake/help/help-flags.service.js';
import { OwnPlans } from '../../../intake/help/own-plans.service.js';
import { newToken } from '../../../platform/crypto/tokens.js';
import { Allow } from '../../../platform/http/allow.js';
import { type LenientBody, ReadLeniently } from '../../../platform/http/lenient-body.js';
import type { Program } from '../../../programs/programs.service.js';
import { prepareFailurePage } from '../../failures/prepared-page.js';
import { htmlType, renderPage } from '../../layout/document.js';
import { readDetails, safeWays, type StatedDetails } from './details.js';
import { formFields, isToken, queryOf, tokenField } from '../form-fields.js';
import { seeOther } from '../help.controller.js';
import { MessagePage } from '../help.page.js';
import { HelpPrograms } from '../help-programs.js';
import { saidWords } from './said.view.js';
import { StatusPage } from './status.page.js';
import { Remembered } from '../remembered.js';
import { type Visit, type VisitDefaults, Visits } from '../visits.js';
import { CheckAgain, SendAgain } from './again.view.js';

interface Holder {
  visit: Visit;
  found: FoundStatus;
  program: Program;
}

/** Whatever stands in the address: what it names is looked up, never refused. */
const AnyText = z.string();

/** What became of a request, for whoever holds its token and for nobody else. */
@Controller('help/status')
@Allow('anyone')
export class StatusController {
  constructor(
    private readonly statuses: FlagStatus,
    private readonly programs: HelpPrograms,
    private readonly visits: Visits,
    private readonly remembered: Remembered,
    private readonly flags: HelpFlags,
    private readonly plans: OwnPlans,
  ) {}

  @Get(':token')
  @Header('Content-Type', htmlType)
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('token', { schema: AnyText }) token: string,
  ): Promise<string> {
    const query = queryOf(request.url);
    const path = pathOf(token);
    const failed = (visit: Visit): string => unavailable(visit, path);
    const holder = await this.holder(request, query, token, failed);
    if (holder === null) return this.unknown(request, reply, query, path);
    const { visit, found, program } = holder;
    const plan = await this.plans.of(token);
    const props = { visit, found, zone: program.zone, path, once: newToken(), plan };
    return renderPage(<StatusPage {...props} {...lastSaid(query)} />);
  }

  /** Asks again, says "I am OK now", or adds how and where somebody can be reached. */
  @Post(':token')
  @ReadLeniently()
  @Header('Content-Type', htmlType)
  async write(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('token', { schema: AnyText }) token: string,
    @Body() body: LenientBody,
  ): Promise<string> {
    const fields = formFields(body);
    const query = queryOf(request.url);
    const path = pathOf(token);
    const failed = (visit: Visit): string => notSaved(visit, path, fields);
    const holder = await this.holder(request, query, token, failed);
    if (holder === null) return this.unknown(request, reply, query, path);
    const { visit } = holder;
    const asked = fields.get('do');
    if (asked === 'again') {
      return seeOther(reply, visit.to(await this.askAgain(request, token, holder, body, fields)));
    }
    if (asked === 'ok') {
      const said = (await this.statuses.withdraw(token)) ? 'thanks' : 'too_fast';
      return seeOther(reply, visit.to(path, { said }));
    }
    return seeOther(reply, visit.to(path, await this.add(token, readDetails(fields, visit))));
  }

  /** What the page says next; from then on it shows the lines of where they said they are. */
  private async add(token: string, stated: StatedDetails): Promise<Record<string, string>> {
    const { callback, location, unplaced } = stated;
    const ticked = unplaced.join('.');
    if (callback === null && location === null) {
      return ticked ? { said: 'number', ticked } : { said: 'nothing' };
    }
    const isKept = await this.statuses.addDetails(token, { callback, location });
    if (!isKept) return { said: 'too_fast' };
    const { country, region } = location ?? {};
    const where = country ? { country, region: region ?? '' } : {};
    return ticked ? { ...where, said: 'place', ticked } : { ...where, said: 'saved' };
  }

  private async askAgain(
    { ip }: FastifyRequest,
    token: string,
    { visit, program }: Holder,
    body: LenientBody,
    fields: URLSearchParams,
  ): Promise<string> {
    const raised = await this.flags.raise({
      program,
      helpLink: null,
      once: tokenField(fields, 'once'),
      statusToken: token,
      language: visit.language,
      country: visit.stated.country,
      region: visit.stated.region,
      raw: body.raw,
      ip,
      resourcesShown: visit.resources.map(({ id }) => id),
    });
    const path = pathOf(raised ?? token);
    this.remembered.keep(path, this.remembered.of(pathOf(token)));
    return path;
  }

  /** Null: nobody holds such a token. Should the look-up fail, the page is as it was last seen. */
  private async holder(
    request: FastifyRequest,
    query: URLSearchParams,
    token: string,
    failed: (visit: Visit) => string,
  ): Promise<Holder | null> {
    if (!isToken(token)) return null;
    const path = pathOf(token);
    const visitAs = (known: VisitDefaults): Visit =>
      this.visits.of(path, query, request.headers['accept-language'], known);
    const last = visitAs(this.remembered.of(path));
    prepareFailurePage(request, () => failed(last));
    const found = await this.statuses.find(token);
    const program = found && (await this.programs.byId(found.programId));
    if (!program) return null;
    const { language, country, region } = found;
    const known = { language, country, region, program };
    this.remembered.keep(path, known);
    const visit = visitAs(known);
    prepareFailurePage(request, () => failed(visit));
    return { visit, found, program };
  }

  private unknown(
    request: FastifyRequest,
    reply: FastifyReply,
    query: URLSearchParams,
    path: string,
  ): string {
    reply.status(HttpStatus.NOT_FOUND);
    const { headers } = request;
    const visit = this.visits.of(path, query, headers['accept-language'], { program: null });
    const text = visit.say('status.unknown');
    return renderPage(<MessagePage visit={visit} path={path} text={text} />);
  }
}

const pathOf = (token: string): string => `/help/status/${encodeURIComponent(token)}`;

/** As the address of the page carries it after something was sent. */
function lastSaid(query: URLSearchParams) {
  const ticked = query.get('ticked')?.split('.') ?? [];
  return {
    said: saidWords.find((word) => word === query.get('said')) ?? null,
    ticked: safeWays.filter((way) => ticked.includes(way)),
  };
}

function unavailable(visit: Visit, path: string): string {
  return renderPage(
    <MessagePage visit={visit} path={path} text={visit.say('status.unavailable')} isRequest>
      <CheckAgain visit={visit} path={path} />
    </MessagePage>,
  );
}

function notSaved(visit: Visit, path: string, fields: URLSearchParams): string {
  return renderPage(
    <MessagePage visit={visit} path={path} text={visit.say('status.not_saved')} isRequest>
      <SendAgain visit={visit} path={path} fields={fields} />
    </MessagePage>,
  );
}
