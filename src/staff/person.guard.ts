import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Audit } from '../audit/audit.service.js';
import { UnitOfWork } from '../platform/db/unit-of-work.js';
import { ALLOW, type Permission } from '../platform/http/allow.js';
import { Rejection } from '../platform/http/rejection.js';
import { bearerToken } from '../platform/http/bearer-token.js';
import { mayDo, type Person } from './rules/permissions.js';
import { SignIn } from './sign-in.service.js';

interface PersonalRequest {
  headers: { authorization?: string };
  url: string;
  method: string;
  person?: Person;
}

/** Resolves the person behind a request once. A handler that says nothing allows nobody. */
@Injectable()
export class PersonGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly signIn: SignIn,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const allowed =
      this.reflector.getAllAndOverride<Permission[] | undefined>(ALLOW, [
        context.getHandler(),
        context.getClass(),
      ]) ?? [];
    if (allowed.includes('anyone')) return true;
    const request = context.switchToHttp().getRequest<PersonalRequest>();
    const token = bearerToken(request.headers.authorization);
    const person = token === null ? null : await this.signIn.byToken(token);
    if (person === null) throw new Rejection('unauthenticated', 'Sign in to see this.');
    if (!mayDo(person, allowed)) {
      await this.recordDenial(person, request, context);
      throw new Rejection('forbidden', 'Your role does not allow this.');
    }
    request.person = person;
    return true;
  }

  private async recordDenial(
    person: Person,
    request: PersonalRequest,
    context: ExecutionContext,
  ): Promise<void> {
    await this.unitOfWork.run(async (tx) =>
      this.audit.record(tx, {
        stream: `access:${person.staffId}:${tx.now.toISOString().slice(0, 10)}`,
        action: 'access.denied',
        actor: { type: 'staff', id: person.staffId },
        outcome: 'denied',
        body: { handler: `${context.getClass().name}.${context.getHandler().name}` },
      }),
    );
  }
}
