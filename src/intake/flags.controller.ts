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
import { shownIds } from '../resources/resources.service.js';
import { Wording } from '../wording/wording.service.js';
import { FlagResources } from './resources/flag-resources.service.js';
import { isLockTimeout } from './flags.store.js';
import { type Accepted, Intake } from './intake.service.js';
import { ReviewLane } from './review/review-lane.service.js';
import { flagAnswers, flagBody } from './reading/flag-reference.js';
import { openBody } from './reading/arrived-body.js';
import { readFlag, type ReadFlag } from './reading/read-flag.js';

const idempotencyKeyLengthMax = 200;

@Controller('v1/flags')
@Allow('anyone')
export class FlagsController {
  constructor(
    private readonly intake: Intake,
    private readonly reviewLane: ReviewLane,
    private readonly keys: IntegrationKeys,
    private readonly programs: Programs,
    private readonly resources: FlagResources,
    private readonly wording: Wording,
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
    const arrived = await openBody(body, request.headers['content-encoding']);
    const { raw } = arrived;
    const read = readFlag(arrived);
    this.prepare(request, read, this.named(read));
    const client = await this.client(request);
    const program = client && (await this.program(client, read));
    if (!client || !program) return this.refuse(request, read, raw);
    this.prepare(request, read, program);
    const key = idempotencyKey(request);
    try {
      const accepted = await this.intake.raise({
        client,
        program,
        idempotencyKey: key,
        read,
        raw,
      });
      return this.answer(reply, accepted, read, program);
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

  /** What the answer holds should anything fail from here on. */
  private prepare(request: FastifyRequest, { fields }: ReadFlag, program: Program | null): void {
    const { resources } = this.resources.choose(fields, program, null);
    const language = fields.participant?.language ?? program?.language ?? 'en';
    prepareForFailure(request, {
      resources,
      message: this.wording.say(language, 'answer.not_stored'),
    });
  }

  /** The program the body names, from memory: whoever asks, its country is no secret. */
  private named({ fields }: ReadFlag): Program | null {
    return fields.program === undefined ? null : this.programs.remembers(fields.program);
  }

  private async refuse(request: FastifyRequest, read: ReadFlag, raw: string): Promise<never> {
    const program = this.named(read);
    const shown = this.resources.choose(read.fields, program, null);
    const resourcesShown = shownIds(shown);
    const { ip: address } = request;
    const isKept = await this.reviewLane.keep({ read, raw, resourcesShown, program, address });
    const language = read.fields.participant?.language ?? program?.language ?? 'en';
    const words = isKept ? 'answer.unverified' : 'answer.unverified_many';
    const message = this.wording.say(language, words);
    throw new Rejection('unauthenticated', message, 'unknown_key', { message, ...shown });
  }

  private answer(reply: FastifyReply, accepted: Accepted, read: ReadFlag, program: Program) {
    const { flag, how, conflicts, statusToken, known } = accepted;
    reply.status(statusOf(how));
    if (conflicts) reply.header('Idempotency-Conflict', 'true');
    const receipt = {
      flag: { id: flag.id, receivedAt: flag.receivedAt.toISOString() },
      resources: this.resources.choose(read.fields, program, known).resources,
      warnings: read.warnings,
    };
    const stated = read.fields.participant?.language;
    if (read.fields.source === 'third_party') {
      // Not in the language on file: that would tell that there is a file.
      const message = this.wording.say(stated ?? program.language, 'answer.neutral');
      return { ...receipt, message };
    }
    const language = stated ?? known.language ?? program.language;
    return {
      ...receipt,
      case: accepted.case,
      message: this.message(language, accepted, program),
      links: { status: this.address.of(`/help/status/${statusToken}`) },
    };
  }

  /** "We told them" only when somebody was told. */
  private message(language: string, { how, since, told }: Accepted, program: Program): string {
    if (how === 'opened') return this.wording.say(language, 'answer.accepted');
    const format = { hour: 'numeric', minute: '2-digit', timeZone: program.zone } as const;
    const time = new Intl.DateTimeFormat(language, format).format(since);
    return this.wording.say(language, told ? 'answer.again' : 'answer.again_noted', { time });
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
