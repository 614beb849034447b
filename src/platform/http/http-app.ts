import type { DynamicModule, NestApplicationOptions, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ProblemExtras } from './problem.js';
import { createAdapter } from './server/adapter.js';
import { httpLimits, type HttpLimits } from './server/limits.js';
import type { TrustedProxies } from './server/trusted-proxies.js';
import { ValidationPipe } from './validation.pipe.js';

/**
 * An application whose every answer, whatever goes wrong, is a problem with the extras of the
 * `ProblemExtras` that `root` provides. Listen on an address ('0.0.0.0'), not on a host name.
 */
export async function createHttpApp(
  root: Type | DynamicModule,
  options: NestApplicationOptions = {},
  limits: HttpLimits = httpLimits,
  trustedProxies: TrustedProxies = false,
): Promise<NestFastifyApplication> {
  const late: { extras: ProblemExtras | null } = { extras: null };
  const app = await NestFactory.create<NestFastifyApplication>(
    root,
    createAdapter(limits, trustedProxies, () => late.extras),
    { abortOnError: false, return503OnClosing: false, ...options },
  );
  late.extras = app.get(ProblemExtras, { strict: false });
  return app.useGlobalPipes(new ValidationPipe());
}
