import { Injectable } from '@nestjs/common';
import { HelpLinks } from '../../participants/help-links.service.js';
import { BlindIndex } from '../../platform/crypto/blind-index.js';
import { hashToken } from '../../platform/crypto/tokens.js';
import { UnitOfWork } from '../../platform/db/unit-of-work.js';
import type { Program } from '../../programs/programs.service.js';
import type { FlagRow } from '../flag.row.js';
import { FlagsStore } from '../flags.store.js';
import { decodeText } from '../rules/decode-text.js';
import { Intake } from '../intake.service.js';
import { Idempotency } from '../record/idempotency.js';
import { isJoinable } from '../senders/senders.service.js';
import { SenderLimits } from '../sender-limits.js';
import { StatusTokens } from '../status-tokens.js';

export interface HelpRequest {
  program: Program;
  /** The mark of the form it was sent with, so that a double tap is one request. */
  once: string | null;
  /** The secret part of somebody's own help page, when it was that. */
  helpLink: string | null;
  /** Of an earlier request, when the same person asks again. */
  statusToken: string | null;
  language: string;
  country: string | null;
  region: string | null;
  /** The form as it came. */
  raw: Uint8Array;
  /** Counted against the limit, never stored. */
  ip: string;
  resourcesShown: string[];
}

/** Who asks, as far as a token or a link tells. */
interface Visitor {
  known: FlagRow | null;
  participantId: string | null;
}

/** How often the same form can be a new request. */
const followingMax = 20;

/** Somebody without an account asks for help: everybody without a token is another person. */
@Injectable()
export class HelpFlags {
  constructor(
    private readonly intake: Intake,
    private readonly store: FlagsStore,
    private readonly idempotency: Idempotency,
    private readonly helpLinks: HelpLinks,
    private readonly limits: SenderLimits,
    private readonly statusTokens: StatusTokens,
    private readonly index: BlindIndex,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Resolves after the commit to the token that shows what becomes of it. Null: so much came from
   * the same connection that this went into one case with others, which nobody may look at.
   */
  async raise(request: HelpRequest): Promise<string | null> {
    const { once, over } = await this.standing(request.once);
    const known = (await this.flagOf(request)) ?? over;
    const participantId = await this.participantOf(request);
    const connection = `help:${request.program.id}:${request.ip}`;
    // Whoever is known by a link or a token of their own is counted, and merged, as that person.
    const isKnown = participantId !== null || known !== null;
    if (isKnown || this.limits.takesFlagOf(connection) || (await this.cameBefore(once))) {
      const visitor = { known, participantId };
      const accepted = await this.intake.raise(this.incoming(request, once, visitor));
      const isSame = known !== null && accepted.how !== 'opened';
      return (isSame && request.statusToken) || accepted.statusToken;
    }
    const merged = `merged:${this.index.of('help.sender', connection).toString('base64url')}`;
    const shared = keyOf(`${merged}:${this.limits.window()}`);
    await this.intake.raise({ ...this.incoming(request, shared), isShared: true });
    return null;
  }

  /**
   * The key under which this form counts once. Sent again after its request is over, as from a tab
   * left open, it is a new request of the same person, which has a key of its own.
   */
  private async standing(
    mark: string | null,
  ): Promise<{ once: string | null; over: FlagRow | null }> {
    let over: FlagRow | null = null;
    if (mark === null) return { once: null, over };
    let once = keyOf(mark);
    for (let count = 0; count < followingMax; count += 1) {
      const flag = await this.idempotency.find(this.unitOfWork.reader, null, once);
      const current = flag && (await this.store.caseStateOf(flag));
      if (!flag || !current || isJoinable(current)) break;
      over = flag;
      once = `${keyOf(mark)}:${flag.caseId}`;
    }
    return { once, over };
  }

  private async flagOf({ statusToken, program }: HelpRequest): Promise<FlagRow | null> {
    if (statusToken === null) return null;
    const flag = await this.store.byStatusToken(hashToken(statusToken));
    return flag?.programId === program.id ? flag : null;
  }

  private async participantOf({ helpLink, program }: HelpRequest): Promise<string | null> {
    if (helpLink === null) return null;
    return this.helpLinks.participantOf(this.unitOfWork.reader, program.id, helpLink);
  }

  private async cameBefore(once: string | null): Promise<boolean> {
    if (once === null) return false;
    return (await this.idempotency.find(this.unitOfWork.reader, null, once)) !== null;
  }

  private incoming(
    request: HelpRequest,
    once: string | null,
    { known, participantId }: Visitor = { known: null, participantId: null },
  ): Parameters<Intake['raise']>[0] {
    const { language, country, region } = request;
    const location = { country: country ?? undefined, region: region ?? undefined };
    const fields = {
      source: 'help_page',
      participant: { language },
      ...(country === null && region === null ? {} : { location }),
      ...(known && { statusToken: this.statusTokens.of(known.id) }),
    };
    return {
      client: null,
      program: request.program,
      idempotencyKey: once,
      read: { fields, isIncomplete: false, warnings: [] },
      raw: decodeText(request.raw).text,
      resourcesShown: request.resourcesShown,
      ...(participantId !== null && { participantId }),
    };
  }
}

const keyOf = (once: string): string => `help:${once}`;
