import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ALLOW, type Permission } from '../platform/http/allow.js';
import { bearerToken } from '../platform/http/bearer-token.js';
import { PublicAddress } from '../platform/http/public-address.js';
import { Rejection } from '../platform/http/rejection.js';
import { Denials, type StrangersDenial } from './sessions/denials.service.js';
import { mayDo, type Person } from './rules/permissions.js';
import { ALLOW_IDLE } from './sessions/current-session.js';
import { isFromOwnSite } from './sessions/own-site.js';
import { readSessionCookie } from './sessions/session-cookie.js';
import { type Session, Sessions } from './sessions/sessions.service.js';
import { SignIn } from './sign-in.service.js';

type PersonalRequest = FastifyRequest & { person?: Person; session?: Session };

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/** Resolves the person behind a request once. A handler that says nothing allows nobody. */
@Injectable()
export class PersonGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
    private readonly address: PublicAddress,
    private readonly denials: Denials,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const allowed = (this.said(context, ALLOW) ?? []) as Permission[];
    if (allowed.includes('anyone')) return true;
    const request = context.switchToHttp().getRequest<PersonalRequest>();
    const token = bearerToken(request.headers.authorization);
    const person =
      token === null ? await this.bySession(context, request) : await this.signIn.byToken(token);
    if (person === null) {
      this.denials.note({ address: request.ip, handler: handlerOf(context), why: whyOf(request) });
      throw new Rejection('unauthenticated', 'Sign in to see this.');
    }
    if (!mayDo(person, allowed)) {
      await this.denials.record(person, { handler: handlerOf(context), why: 'role' });
      throw new Rejection('forbidden', 'Your role does not allow this.');
    }
    request.person = person;
    return true;
  }

  /** A cookie comes along by itself, so what it changes needs proof that our own page asked. */
  private async bySession(
    context: ExecutionContext,
    request: PersonalRequest,
  ): Promise<Person | null> {
    const cookie = readSessionCookie(this.address, request.headers.cookie);
    const idleIsFine = this.said(context, ALLOW_IDLE) === true;
    const found = cookie === null ? null : await this.signIn.bySession(cookie, !idleIsFine);
    if (found === null) return null;
    const { person, session } = found;
    if (session.idle && !idleIsFine) {
      throw new Rejection('unauthenticated', 'You were away for a while. Sign in again.', 'idle');
    }
    if (!safeMethods.includes(request.method) && !this.isOwnForm(request, session)) {
      await this.denials.record(person, { handler: handlerOf(context), why: 'foreign_form' });
      throw new Rejection('forbidden', 'This form is not from here or too old.', 'foreign_form');
    }
    request.session = session;
    return person;
  }

  private isOwnForm({ headers, body }: PersonalRequest, session: Session): boolean {
    const field = (body as { csrf?: unknown } | null | undefined)?.csrf;
    const stated = headers['x-csrf-token'] ?? field;
    if (typeof stated !== 'string') return false;
    return isFromOwnSite(headers, this.address) && this.sessions.isOwnForm(session, stated);
  }

  private said(context: ExecutionContext, key: string): unknown {
    const places = [context.getHandler(), context.getClass()];
    return this.reflector.getAllAndOverride<unknown>(key, places);
  }
}

const handlerOf = (context: ExecutionContext): string =>
  `${context.getClass().name}.${context.getHandler().name}`;

function whyOf({ headers }: PersonalRequest): StrangersDenial['why'] {
  if (bearerToken(headers.authorization) !== null) return 'unknown_token';
  return headers.cookie === undefined ? 'no_token' : 'no_session';
}
