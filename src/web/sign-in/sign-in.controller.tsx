import { Body, Controller, Get, Header, HttpStatus, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from '../../platform/http/allow.js';
import { PublicAddress } from '../../platform/http/public-address.js';
import { Rejection } from '../../platform/http/rejection.js';
import { AllowIdle, CurrentSession } from '../../staff/sessions/current-session.js';
import { isFromOwnSite } from '../../staff/sessions/own-site.js';
import { readSessionCookie, sessionCookie } from '../../staff/sessions/session-cookie.js';
import type { Session } from '../../staff/sessions/sessions.service.js';
import { SignIn } from '../../staff/sign-in.service.js';
import { queryOf } from '../help/form-fields.js';
import { seeOther } from '../help/help.controller.js';
import { Visits } from '../help/visits.js';
import { htmlType, renderPage } from '../layout/document.js';
import { nextPage } from './next-page.js';
import { SignInPage } from './sign-in.page.js';

const text = z.string().max(200);
const SignInQuery = z.object({ next: text.optional().catch(undefined) });
const SignInForm = z.object({ email: text, password: text, next: text.optional() });
type SignInForm = z.infer<typeof SignInForm>;

const retryAfterS = '900';
const told = {
  refused: 'This e-mail and password do not belong together.',
  too_many: 'There were too many tries from here. Please try again in 15 minutes.',
};

@Controller()
export class SignInController {
  constructor(
    private readonly signIn: SignIn,
    private readonly address: PublicAddress,
    private readonly visits: Visits,
  ) {}

  @Get('sign-in')
  @Allow('anyone')
  @Header('Content-Type', htmlType)
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query({ schema: SignInQuery }) { next }: z.infer<typeof SignInQuery>,
  ): Promise<string> {
    const token = readSessionCookie(this.address, request.headers.cookie);
    const found = token === null ? null : await this.signIn.bySession(token, false);
    if (found && !found.session.idle) return seeOther(reply, nextPage(next));
    return this.page(request, { next }, null);
  }

  @Post('sign-in')
  @Allow('anyone')
  @Header('Content-Type', htmlType)
  async enter(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: SignInForm }) form: SignInForm,
  ): Promise<string> {
    if (!isFromOwnSite(request.headers, this.address)) {
      throw new Rejection('forbidden', 'This form is not from here.', 'foreign_form');
    }
    const result = await this.signIn.withPassword({ ...form, ip: request.ip });
    if (result.outcome === 'signed_in') {
      reply.header('Set-Cookie', sessionCookie(this.address, result.token));
      return seeOther(reply, nextPage(form.next));
    }
    const tooMany = result.outcome === 'too_many';
    reply.status(tooMany ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.UNAUTHORIZED);
    if (tooMany) reply.header('Retry-After', retryAfterS);
    return this.page(request, form, told[result.outcome]);
  }

  /** Also for a session that lies idle. */
  @Post('sign-out')
  @Allow('staff')
  @AllowIdle()
  async leave(
    @Res({ passthrough: true }) reply: FastifyReply,
    @CurrentSession() session: Session | null,
  ): Promise<string> {
    if (session) await this.signIn.signOut(session);
    reply.header('Set-Cookie', sessionCookie(this.address, ''));
    return seeOther(reply, '/sign-in');
  }

  private page(
    { url, headers }: FastifyRequest,
    { next, email = '' }: { next?: string | undefined; email?: string },
    said: string | null,
  ): string {
    const language = headers['accept-language'];
    const visit = this.visits.of('/sign-in', queryOf(url), language, { program: null });
    const props = { next: nextPage(next), said, email, visit };
    return renderPage(<SignInPage {...props} />);
  }
}
