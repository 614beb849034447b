import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Person } from './rules/permissions.js';

/** The signed-in person, on handlers that do not allow `anyone`. */
export const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext): Person =>
    context.switchToHttp().getRequest<{ person: Person }>().person,
);
