import { Body, Controller, Get, Header, HttpStatus, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { HelpFlags } from '../../intake/help/help-flags.service.js';
import { newToken } from '../../platform/crypto/tokens.js';
import { Allow } from '../../platform/http/allow.js';
import { type LenientBody, ReadLeniently } from '../../platform/http/lenient-body.js';
import { prepareForFailure } from '../../platform/http/send-problem.js';
import type { Program } from '../../programs/programs.service.js';
import { htmlType, renderPage } from '../layout/document.js';
import { formFields, queryOf, tokenField } from './form-fields.js';
import { HelpPage, MessagePage } from './help.page.js';
import { HelpPrograms } from './help-programs.js';
import { type Visit, Visits } from './visits.js';

/** Whatever stands in the address: what it names is looked up, never refused. */
const AnyText = z.string();

/** The page behind the button in an app, on a card, on a wall: no account, no cookie, no script. */
@Controller('help')
@Allow('anyone')
export class HelpController {
  constructor(
    private readonly programs: HelpPrograms,
    private readonly visits: Visits,
    private readonly flags: HelpFlags,
  ) {}

  /** Numbers are shown with everything else dead. */
  @Get(':program')
  @Header('Content-Type', htmlType)
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('program', { schema: AnyText }) key: string,
  ): Promise<string> {
    const { program, certain } = await this.programs.byKey(key);
    const visit = this.visit(request, queryOf(request.url), key, program);
    if (program === null && certain) return unknownProgram(reply, visit, pathOf(key));
    return renderPage(<HelpPage visit={visit} path={pathOf(key)} once={newToken()} />);
  }

  /** Whatever is posted is a request for help, then a look at what becomes of it. */
  @Post(':program')
  @ReadLeniently()
  @Header('Content-Type', htmlType)
  async raise(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('program', { schema: AnyText }) key: string,
    @Body() body: LenientBody,
  ): Promise<string> {
    const { program, certain } = await this.programs.byKey(key);
    const fields = formFields(body);
    const visit = this.visit(request, fields, key, program);
    const { say, language, resources } = visit;
    prepareForFailure(request, { message: say('answer.not_stored'), language, resources });
    if (program === null) {
      if (!certain) throw new DatabaseAway();
      return unknownProgram(reply, visit, pathOf(key));
    }
    const token = await this.flags.raise({
      program,
      once: tokenField(fields, 'once'),
      statusToken: tokenField(fields, 'token'),
      language,
      country: visit.stated.country,
      region: visit.stated.region,
      raw: body.raw,
      ip: request.ip,
      resourcesShown: resources.map(({ id }) => id),
    });
    if (token !== null) return seeOther(reply, visit.to(`/help/status/${token}`));
    reply.status(HttpStatus.ACCEPTED);
    return renderPage(<MessagePage visit={visit} path={pathOf(key)} text={say('help.merged')} />);
  }

  private visit(
    { headers }: FastifyRequest,
    asked: URLSearchParams,
    key: string,
    program: Program | null,
  ): Visit {
    return this.visits.of(pathOf(key), asked, headers['accept-language'], { program });
  }
}

/** Ends as a 503 like any other outage. */
class DatabaseAway extends Error {
  readonly code = 'ETIMEDOUT';
}

const pathOf = (key: string): string => `/help/${encodeURIComponent(key)}`;

function unknownProgram(reply: FastifyReply, visit: Visit, path: string): string {
  reply.status(HttpStatus.NOT_FOUND);
  const text = visit.say('help.unknown_program');
  return renderPage(<MessagePage visit={visit} path={path} text={text} />);
}

/** The browser asks for the other page, so that a reload repeats nothing. */
export function seeOther(reply: FastifyReply, address: string): string {
  reply.status(HttpStatus.SEE_OTHER).header('Location', address);
  return '';
}
