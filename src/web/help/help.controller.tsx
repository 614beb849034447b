import { Body, Controller, Get, Header, HttpStatus, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { HelpFlags } from '../../intake/help/help-flags.service.js';
import { newToken } from '../../platform/crypto/tokens.js';
import { Allow } from '../../platform/http/allow.js';
import { type LenientBody, ReadLeniently } from '../../platform/http/lenient-body.js';
import type { Program } from '../../programs/programs.service.js';
import { prepareFailurePage } from '../failures/prepared-page.js';
import { htmlType, renderPage } from '../layout/document.js';
import { formFields, queryOf, tokenField } from './form-fields.js';
import { AskForm, HelpPage, MessagePage } from './help.page.js';
import { HelpPrograms } from './help-programs.js';
import { Remembered } from './remembered.js';
import { type Visit, Visits } from './visits.js';

/** Which help page: a program's, or one participant's own. */
interface Place {
  key: string;
  link: string | null;
}

/** Whatever stands in the address: what it names is looked up, never refused. */
const AnyText = z.string();

/** The page behind the button in an app, on a card, on a wall: no account, no cookie, no script. */
@Controller('help')
@Allow('anyone')
export class HelpController {
  constructor(
    private readonly programs: HelpPrograms,
    private readonly visits: Visits,
    private readonly remembered: Remembered,
    private readonly flags: HelpFlags,
  ) {}

  /** Numbers are shown with everything else dead. */
  @Get(':program')
  @Header('Content-Type', htmlType)
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('program', { schema: AnyText }) key: string,
  ): Promise<string> {
    return this.showAt(request, reply, { key, link: null });
  }

  /** Looks like everybody's page, whoever the link belongs to and whether to anybody. */
  @Get(':program/:link')
  @Header('Content-Type', htmlType)
  showOwn(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('program', { schema: AnyText }) key: string,
    @Param('link', { schema: AnyText }) link: string,
  ): Promise<string> {
    return this.showAt(request, reply, { key, link });
  }

  /** Whatever is posted is a request for help, then a look at what becomes of it. */
  @Post(':program')
  @ReadLeniently()
  @Header('Content-Type', htmlType)
  raise(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('program', { schema: AnyText }) key: string,
    @Body() body: LenientBody,
  ): Promise<string> {
    return this.raiseAt(request, reply, { key, link: null }, body);
  }

  /** A link says who asks; one that is nobody's is no reason to ask less of us. */
  @Post(':program/:link')
  @ReadLeniently()
  @Header('Content-Type', htmlType)
  raiseOwn(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('program', { schema: AnyText }) key: string,
    @Param('link', { schema: AnyText }) link: string,
    @Body() body: LenientBody,
  ): Promise<string> {
    return this.raiseAt(request, reply, { key, link }, body);
  }

  private async showAt(request: FastifyRequest, reply: FastifyReply, at: Place): Promise<string> {
    const { program, certain } = await this.programs.byKey(at.key);
    const visit = this.visit(request, queryOf(request.url), at, program);
    if (program === null && certain) return unknownProgram(reply, visit, pathOf(at));
    return renderPage(<HelpPage visit={visit} path={pathOf(at)} once={newToken()} />);
  }

  private async raiseAt(
    request: FastifyRequest,
    reply: FastifyReply,
    at: Place,
    body: LenientBody,
  ): Promise<string> {
    const { program, certain } = await this.programs.byKey(at.key);
    const fields = formFields(body);
    const visit = this.visit(request, fields, at, program);
    const asked = {
      once: tokenField(fields, 'once') ?? newToken(),
      statusToken: tokenField(fields, 'token'),
    };
    prepareFailurePage(request, () => askAgain(visit, at, 'answer.not_stored', asked));
    if (program === null) {
      if (!certain) throw new DatabaseAway();
      return unknownProgram(reply, visit, pathOf(at));
    }
    const { language, stated, resources } = visit;
    const { country, region } = stated;
    const token = await this.flags.raise({
      program,
      helpLink: at.link,
      ...asked,
      language,
      country,
      region,
      raw: body.raw,
      ip: request.ip,
      resourcesShown: resources.map(({ id }) => id),
    });
    if (token === null) {
      reply.status(HttpStatus.ACCEPTED);
      return askAgain(visit, at, 'help.merged', { once: newToken(), statusToken: null });
    }
    const path = `/help/status/${token}`;
    this.remembered.keep(path, { language, country, region, program });
    return seeOther(reply, visit.to(path));
  }

  private visit(
    { headers }: FastifyRequest,
    asked: URLSearchParams,
    at: Place,
    program: Program | null,
  ): Visit {
    return this.visits.of(pathOf(at), asked, headers['accept-language'], { program });
  }
}

/** Ends as a 503 like any other outage. */
class DatabaseAway extends Error {
  readonly code = 'ETIMEDOUT';
}

const pathOf = ({ key, link }: Place): string =>
  `/help/${[key, ...(link === null ? [] : [link])].map(encodeURIComponent).join('/')}`;

/** What became of it, with the same form once more. */
function askAgain(
  visit: Visit,
  at: Place,
  text: 'answer.not_stored' | 'help.merged',
  { once, statusToken }: { once: string; statusToken: string | null },
): string {
  const path = pathOf(at);
  return renderPage(
    <MessagePage visit={visit} path={path} text={visit.say(text)}>
      <AskForm visit={visit} path={path} once={once} token={statusToken} />
    </MessagePage>,
  );
}

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
