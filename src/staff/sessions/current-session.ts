import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Session } from './sessions.service.js';

export const ALLOW_IDLE = 'handrail:allow-idle';

/**
 * The handler shows no participant data: a session that lies idle may still use it. That is no
 * activity, since such a page reloads by itself.
 */
export const AllowIdle = (): MethodDecorator => SetMetadata(ALLOW_IDLE, true);

/** The caller's session; null for one who came with a token. */
export const CurrentSession = createParamDecorator(
  (_: unknown, context: ExecutionContext): Session | null =>
    context.switchToHttp().getRequest<{ session?: Session }>().session ?? null,
);
