import {
  Body,
  Controller,
  HttpStatus,
  Post,
  Req,
  Res,
  ServiceUnavailableException,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow } from '../platform/http/allow.js';
import { hashToken } from '../platform/crypto/tokens.js';
import { bearerToken } from '../platform/http/bearer-token.js';
import { type LenientBody, ReadLeniently } from '../platform/http/lenient-body.js';
import { PublicAddress } from '../platform/http/public-address.js';
import { Documented } from '../platform/http/reference/documented.js';
import { Rejection } from '../platform/http/rejection.js';
import { prepareForFailure } from '../platform/http/send-problem.js';
import { type Client, IntegrationKeys } from '../programs/integration-keys.service.js';
import { type Program, Programs } from '../programs/programs.service.js';
import { Resources, shownIds } from '../resources/resources.service.js';
import { Wording } from '../wording/wording.service.js';
import { isLockTimeout } from './flags.store.js';
import { type Accepted, Intake } from './intake.service.js';
import { decodeText } from './rules/decode-text.js';
import { flagAnswers, flagBody } from './reading/flag-reference.js';
import { type FlagFields, readFlag, type ReadFlag } from './reading/read-flag.js';
import { SenderLimits } from './sender-limits.js';

const idempotencyKeyLengthMax = 200;

@Controller('v1/flags')
@Allow('anyone')
export class FlagsController {
  constructor(
    private readonly intake: Intake,
    private readonly keys: IntegrationKeys,
    private readonly programs: Programs,
    private readonly resources: Resources,
    private readonly wording: Wording,
    private readonly limits: SenderLimits,
    private readonly address: PublicAddress,
  ) {}

  /** Whatever is posted with a good key is a flag; every answer carries resources. */
  @Post()
  @ReadLeniently()
  @Documented({ body: flagBody, bearer: 'integration key', answers: flagAnswers })
  async raise(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: LenientBody,
  ) {
    const decoded = decodeText(body.raw);
    const { text: raw } = decoded;
    const read = readFlag({ ...body, ...decoded });
    const client = await this.client(request);
    const program = client && (await this.program(client, read));
    if (!client || !program) return this.refuse(request, read, raw);
    const { resources } = this.resourcesFor(read.fields, program);
    const language = read.fields.participant?.language ?? program.language;
    const message = this.wording.say(language, 'answer.not_stored');
    prepareForFailure(request, { resources, message });
    const key = idempotencyKey(request);
    try {
      const accepted = await this.intake.raise({
        client,
        program,
        idempotencyKey: key,
        read,
        raw,
        resourcesShown: resources.map(({ id }) => id),
      });
      return this.answer(reply, accepted, read, program, resources);
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      if (key === null) throw new ServiceUnavailableException();
      throw new Rejection('conflict', 'The same request is being stored.', 'in_flight');
    }
  }

  private async client(request: FastifyRequest): Promise<Client | null> {
    const key = bearerToken(request.headers.authorization);
    return key === null ? null : this.keys.identify(key);
  }

  /** The key's own program; null when the body names another one that exists. */
  private async program(client: Client, read: ReadFlag): Promise<Program | null> {
    const own = await this.programs.byId(client.programId);
    const stated = read.fields.program;
    if (stated === undefined || stated === own?.key || stated === own?.id) return own;
    if (await this.programs.byKey(stated)) return null;
    read.warnings.push('unknown_program');
    return own;
  }

  private async refuse(request: FastifyRequest, read: ReadFlag, raw: string): Promise<never> {
    const shown = this.resourcesFor(read.fields, null);
    if (this.limits.takesUnverifiedFrom(request.ip)) {
      await this.intake.keepUnverified(read, raw, shownIds(shown));
    }
    const language = read.fields.participant?.language ?? 'en';
    const message = this.wording.say(language, 'answer.unverified');
    throw new Rejection('unauthenticated', message, 'unknown_key', { message, ...shown });
  }

  private answer(
    reply: FastifyReply,
    accepted: Accepted,
    read: ReadFlag,
    program: Program,
    resources: ReturnType<Resources['forRequest']>['resources'],
  ) {
    const { flag, how, statusToken } = accepted;
    reply.status(statusOf(how));
    if (how === 'conflicting') reply.header('Idempotency-Conflict', 'true');
    const receipt = {
      flag: { id: flag.id, receivedAt: flag.receivedAt.toISOString() },
      resources,
      warnings: read.warnings,
    };
    const stated = read.fields.participant?.language;
    if (read.fields.source === 'third_party') {
      // Not in the language on file: that would tell that there is a file.
      const message = this.wording.say(stated ?? program.language, 'answer.neutral');
      return { ...receipt, message };
    }
    const language = stated ?? accepted.language ?? program.language;
    return {
      ...receipt,
      case: accepted.case,
      message: this.message(language, accepted, program),
      links: { status: this.address.of(`/help/status/${statusToken}`) },
    };
  }

  private message(language: string, { how, flag }: Accepted, program: Program): string {
    if (how === 'opened') return this.wording.say(language, 'answer.accepted');
    const format = { hour: 'numeric', minute: '2-digit', timeZone: program.zone } as const;
    const time = new Intl.DateTimeFormat(language, format).format(flag.receivedAt);
    return this.wording.say(language, 'answer.again', { time });
  }

  private resourcesFor({ location, participant }: FlagFields, program: Program | null) {
    return this.resources.forRequest({
      country: location?.country,
      region: location?.region ?? (location?.country ? undefined : program?.region),
      language: participant?.language ?? program?.language,
      audience: participant?.minor ? ['youth'] : [],
      fallbackCountry: program?.country,
    });
  }
}

function statusOf(how: Accepted['how']): number {
  if (how === 'replayed') return HttpStatus.OK;
  return how === 'merged' ? HttpStatus.ACCEPTED : HttpStatus.CREATED;
}

function idempotencyKey(request: FastifyRequest): string | null {
  const header = request.headers['idempotency-key'];
  const key = Array.isArray(header) ? header[0] : header;
  if (!key) return null;
  return key.length <= idempotencyKeyLengthMax ? key : hashToken(key).toString('base64url');
}
