import { All, Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fault } from '../faults/fault.js';
import { Faults } from '../faults/faults.js';
import { LabLog, type FormParams, type ProviderRequest } from '../network/lab-log.js';
import { Timers } from '../network/timers.js';
import { LabConfig } from '../phone-lab.config.js';
import { checkCredentials } from './credentials.js';
import { readOperation, routeOf, UnknownParameter, type Operation } from './operations.js';
import { Provider, type Performed } from './provider.js';
import { RestError } from './rest-error.js';

const account = /^\/2010-04-01\/Accounts\/(AC[0-9a-fA-F]{32})\/(.+)$/;
const notForTheProvider = /^\/(?:lab(?:\/|$)|favicon\.ico$|$)/;

/** The provider's REST address: the operations the service sends, and a loud no to any other. */
@Controller()
export class RestController {
  constructor(
    private readonly config: LabConfig,
    private readonly faults: Faults,
    private readonly provider: Provider,
    private readonly timers: Timers,
    private readonly log: LabLog,
  ) {}

  @All('*')
  async handle(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [path = ''] = request.url.split('?', 1);
    if (notForTheProvider.test(path)) return void reply.status(404).send();
    const [, accountSid = '', below = ''] = account.exec(path) ?? [];
    const params = paramsOf(request);
    const route = routeOf(request.method, below);
    const operation = route?.name ?? null;
    const entry = this.log.request({ operation, method: request.method, path, params });
    try {
      if (route === null) throw new UnknownParameter('no such operation');
      checkCredentials(this.config, accountSid, request.headers.authorization);
      await this.strike(readOperation(route.name, route.sid, params), entry, reply);
    } catch (error) {
      this.refuse(entry, reply, this.asRestError(entry, error));
    }
  }

  /** Carries the operation out with whatever fault was scripted for it. */
  private async strike(
    operation: Operation,
    entry: ProviderRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const number = this.provider.numberOf(operation);
    const fault = this.faults.take({ operation: operation.name, number });
    if (fault.delayMs !== undefined) await this.timers.wait(fault.delayMs);
    if (fault.reset === true) return cut(entry, reply);
    refuseIfScripted(fault);

    const performed = this.provider.perform(operation, fault);
    entry.sid = performed.sid;
    if (fault.receiptBeforeAnswer === true) await performed.receipts;
    if (fault.acceptThenReset === true) return cut(entry, reply);
    if (fault.acceptThenSilent === true) return keepSilent(entry, reply);
    answer(entry, reply, performed);
  }

  private asRestError(entry: ProviderRequest, error: unknown): RestError {
    if (error instanceof RestError) return error;
    const detail = error instanceof Error ? error.message : String(error);
    this.log.problem(`${entry.method} ${entry.path}: ${detail}`);
    return error instanceof UnknownParameter
      ? new RestError(501, 20_001, `the phone lab does not know: ${detail}`)
      : new RestError(500, 20_500, detail);
  }

  private refuse(entry: ProviderRequest, reply: FastifyReply, error: RestError): void {
    Object.assign(entry, { result: 'answered', status: error.status, code: error.code });
    void reply.status(error.status).headers(error.headers).send(error.body);
  }
}

function paramsOf(request: FastifyRequest): FormParams {
  const source = request.method === 'GET' ? request.query : request.body;
  return { ...(source as FormParams | undefined) };
}

/** Throws the refusal that was scripted, if there is one. */
function refuseIfScripted({ status, errorCode, retryAfterSeconds }: Fault): void {
  if (status === undefined && errorCode === undefined) return;
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  const code = errorCode ?? (status === 429 ? 20_429 : 20_500);
  throw new RestError(status ?? 400, code, 'scripted by the phone lab', headers);
}

function answer(entry: ProviderRequest, reply: FastifyReply, performed: Performed): void {
  Object.assign(entry, { result: 'answered', status: performed.status });
  void reply.status(performed.status).send(performed.body);
}

function cut(entry: ProviderRequest, reply: FastifyReply): void {
  entry.result = 'reset';
  reply.hijack();
  reply.raw.socket?.resetAndDestroy();
}

function keepSilent(entry: ProviderRequest, reply: FastifyReply): void {
  entry.result = 'silent';
  reply.hijack();
}
