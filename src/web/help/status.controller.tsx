import { Body, Controller, Get, Header, HttpStatus, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FlagStatus, type FoundStatus } from '../../intake/help/flag-status.service.js';
import { HelpFlags } from '../../intake/help/help-flags.service.js';
import { newToken } from '../../platform/crypto/tokens.js';
import { Allow } from '../../platform/http/allow.js';
import { type LenientBody, ReadLeniently } from '../../platform/http/lenient-body.js';
import { prepareForFailure } from '../../platform/http/send-problem.js';
import type { Program } from '../../programs/programs.service.js';
import { htmlType, renderPage } from '../layout/document.js';
import { readDetails } from './details.js';
import { formFields, isToken, queryOf, tokenField } from './form-fields.js';
import { seeOther } from './help.controller.js';
import { MessagePage } from './help.page.js';
import { HelpPrograms } from './help-programs.js';
import { StatusPage } from './status.page.js';
import { type Visit, Visits } from './visits.js';

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
    private readonly flags: HelpFlags,
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
    const holder = await this.holder(request, query, token, 'status.unavailable');
    if (holder === null) return this.unknown(request, reply, query, path);
    const { visit, found, program } = holder;
    const said = query.has('saved') ? 'saved' : query.has('too_fast') ? 'too_fast' : null;
    const props = { visit, found, zone: program.zone, path, once: newToken(), said } as const;
    return renderPage(<StatusPage {...props} />);
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
    const holder = await this.holder(request, query, token, 'status.not_saved');
    if (holder === null) return this.unknown(request, reply, query, path);
    const { visit } = holder;
    const asked = fields.get('do');
    if (asked === 'again') {
      return seeOther(reply, visit.to(await this.askAgain(request, token, holder, body, fields)));
    }
    if (asked === 'ok') return this.back(reply, visit, path, await this.statuses.withdraw(token));
    const details = readDetails(fields);
    if (details === null) return seeOther(reply, visit.to(path));
    const kept = await this.statuses.addDetails(token, details);
    return kept
      ? seeOther(reply, visit.to(path, { saved: '1' }))
      : this.back(reply, visit, path, false);
  }

  private back(reply: FastifyReply, visit: Visit, path: string, isKept: boolean): string {
    return seeOther(reply, visit.to(path, isKept ? {} : { too_fast: '1' }));
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
    return pathOf(raised ?? token);
  }

  /** Null: nobody holds such a token. What fails from here on says so in the right language. */
  private async holder(
    request: FastifyRequest,
    query: URLSearchParams,
    token: string,
    ifItFails: 'status.unavailable' | 'status.not_saved',
  ): Promise<Holder | null> {
    if (!isToken(token)) return null;
    this.prepare(request, this.visit(request, query, token, null, null), ifItFails);
    const found = await this.statuses.find(token);
    const program = found && (await this.programs.byId(found.programId));
    if (!program) return null;
    const visit = this.visit(request, query, token, found, program);
    this.prepare(request, visit, ifItFails);
    return { visit, found, program };
  }

  private prepare(
    request: FastifyRequest,
    { say, language, resources }: Visit,
    ifItFails: 'status.unavailable' | 'status.not_saved',
  ): void {
    prepareForFailure(request, { message: say(ifItFails), language, resources });
  }

  private visit(
    { headers }: FastifyRequest,
    query: URLSearchParams,
    token: string,
    found: FoundStatus | null,
    program: Program | null,
  ): Visit {
    const own = { language: found?.language, country: found?.country, region: found?.region };
    const defaults = { ...own, program };
    return this.visits.of(pathOf(token), query, headers['accept-language'], defaults);
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
