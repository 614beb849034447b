import net, { type AddressInfo } from 'node:net';
import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Module,
  Param,
  Post,
  Query,
  Req,
} from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { createHttpApp } from '../../src/platform/http/http-app.js';
import { ReadLeniently, type LenientBody } from '../../src/platform/http/lenient-body.js';
import { prepareForFailure } from '../../src/platform/http/send-problem.js';
import { Rejection } from '../../src/platform/http/rejection.js';
import { httpLimits, type HttpLimits } from '../../src/platform/http/server/limits.js';
import type { TrustedProxies } from '../../src/platform/http/server/trusted-proxies.js';
import { ResourcesModule } from '../../src/resources/resources.module.js';

const Thing = z.strictObject({ name: z.string(), size: z.int().positive() });

const Nothing = z.strictObject({});

/** What the stub route was handed, in the order of arrival. */
export const flagsRead: LenientBody[] = [];
/** Where a request waits, once it arrived, until it is released. */
export const held = {
  waiting: [] as (() => void)[],
  release(): void {
    for (const answer of this.waiting.splice(0)) answer();
  },
};

/** One route for every way in which a real one can behave. */
@Controller()
class StubRoutes {
  @Post('v1/flags')
  @ReadLeniently()
  raise(@Body() body: LenientBody) {
    flagsRead.push(body);
    return {
      bytes: body.raw.length,
      text: body.raw.subarray(0, 40).toString('latin1'),
      truncated: body.truncated,
      contentType: body.contentType,
    };
  }

  @Get('v1/things')
  list(@Query({ schema: z.object({ page: z.coerce.number().int().optional() }) }) query: object) {
    return query;
  }

  @Post('v1/things')
  create(@Body({ schema: Thing }) thing: z.infer<typeof Thing>) {
    return thing;
  }

  @Post('v1/things/:id/takes')
  take(@Param('id') id: string): object {
    return { taken: id };
  }

  @Post('v1/things/:id/closure')
  close(@Param('id') id: string, @Body({ schema: Nothing.optional() }) body?: object): object {
    return { closed: id, body: body ?? null };
  }

  @Post('form')
  @HttpCode(200)
  form(@Body() fields: Record<string, string>) {
    return fields;
  }

  @Get('v1/things/:id')
  read(@Param('id') id: string): object {
    return { id };
  }

  @Get('page')
  @Header('Content-Type', 'text/html; charset=utf-8')
  page(): string {
    return '<!doctype html><title>x</title>';
  }

  @Get('sender')
  sender(@Req() { ip }: FastifyRequest): object {
    return { ip };
  }

  @Get('held')
  async wait(): Promise<string> {
    await new Promise<void>((resolve) => held.waiting.push(resolve));
    return 'answered';
  }

  @Get('bug')
  bug(): never {
    throw new Error('secret words of a participant');
  }

  @Get('outage')
  outage(): never {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  }

  @Get('prepared')
  prepared(@Req() request: FastifyRequest): never {
    prepareForFailure(request, { resources: [{ id: 'us-911' }], code: 'never' });
    throw Object.assign(new Error('x'), { code: '57P01' });
  }

  @Get('conflict')
  conflict(): never {
    throw new Rejection('conflict', 'Somebody has it.', 'already_acknowledged', { owner: 'Ada' });
  }
}

@Module({ imports: [ResourcesModule], controllers: [StubRoutes] })
class StubModule {}

/** Limits that let a test see each of them within a second. */
export const shortLimits: HttpLimits = {
  ...httpLimits,
  headersTimeoutMs: 400,
  bodyTimeoutMs: 400,
  timeoutCheckMs: 50,
  lingerMs: 200,
};

/** Log lines go to `logged`, as text. */
export async function startShell(
  limits: HttpLimits,
  logged: string[] = [],
  trustedProxies: TrustedProxies = false,
): Promise<NestFastifyApplication> {
  const keep = (...line: unknown[]): number => logged.push(JSON.stringify(line));
  const logger = { log: () => undefined, warn: keep, error: keep };
  const app = await createHttpApp(StubModule, { logger }, limits, trustedProxies);
  await app.listen(0, '127.0.0.1');
  return app;
}

const patienceMs = 5_000;

/** Waits for a condition, and fails when it never comes true. */
export async function until(condition: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  while (!condition()) {
    if (Date.now() > giveUpAt) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const portOf = (app: NestFastifyApplication): number =>
  (app.getHttpServer().address() as AddressInfo).port;

export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A connection of bytes; `answers` settles when the server has closed it. */
export class Talk {
  private readonly received: Buffer[] = [];
  private readonly socket: net.Socket;
  readonly answers: Promise<RawAnswer[]>;

  constructor(port: number) {
    this.socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    this.socket.on('data', (chunk: Buffer) => this.received.push(chunk));
    this.socket.on('end', () => this.socket.end());
    this.socket.on('error', () => undefined); // A reset after the answer is an end like any other.
    this.answers = new Promise<void>((resolve) => this.socket.once('close', () => resolve())).then(
      () => answersIn(Buffer.concat(this.received)),
    );
  }

  say(bytes: string): Promise<void> {
    return new Promise((resolve) => this.socket.write(bytes, () => resolve()));
  }

  /** Nothing more to say, still listening. */
  finish(): void {
    this.socket.end();
  }

  hangUp(): void {
    this.socket.destroy();
  }
}

/** Says something and reads until the server closes the connection. */
export async function speak(port: number, bytes: string): Promise<RawAnswer[]> {
  const talk = new Talk(port);
  await talk.say(bytes);
  return talk.answers;
}

/** Splits a connection's bytes into answers by their `Content-Length`. */
function answersIn(bytes: Buffer): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) throw new Error(`no complete answer in ${rest.toString()}`);
    const [first = '', ...lines] = rest.subarray(0, end).toString().split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
    );
    const from = end + 4;
    const to = from + Number(headers['content-length'] ?? 0);
    const status = Number(first.split(' ')[1]);
    if (status >= 200) answers.push({ status, headers, body: rest.subarray(from, to).toString() });
    rest = rest.subarray(to);
  }
  return answers;
}
