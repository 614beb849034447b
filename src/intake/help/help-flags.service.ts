import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import { HelpLinks } from '../../participants/help-links.service.js';
import { BlindIndex } from '../../platform/crypto/blind-index.js';
import { hashToken } from '../../platform/crypto/tokens.js';
import { UnitOfWork } from '../../platform/db/unit-of-work.js';
import type { Program } from '../../programs/programs.service.js';
import type { FlagRow } from '../flag.row.js';
import { FlagsStore } from '../flags.store.js';
import { decodeText } from '../rules/decode-text.js';
import { Intake } from '../intake.service.js';
import { SenderLimits } from '../sender-limits.js';

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

const mergedRaw = new TextEncoder().encode('merged');

/** Somebody without an account asks for help: everybody without a token is another person. */
@Injectable()
export class HelpFlags {
  constructor(
    private readonly intake: Intake,
    private readonly store: FlagsStore,
    private readonly helpLinks: HelpLinks,
    private readonly limits: SenderLimits,
    private readonly index: BlindIndex,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  /**
   * Resolves after the commit to the token that shows what becomes of it. Null: so much came from
   * the same connection that this went into one request with others, which nobody may look at.
   */
  async raise(request: HelpRequest): Promise<string | null> {
    const known = await this.flagOf(request);
    const participantId = await this.participantOf(request);
    const sender = known ? `flag:${known.id}` : `help:${request.program.id}:${request.ip}`;
    // Whoever is known by a link of their own is counted, and merged, as that participant.
    const isTaken = participantId !== null || this.limits.takesFlagOf(sender);
    if (isTaken || (await this.cameBefore(request))) {
      const visitor = { known, participantId };
      const accepted = await this.intake.raise(this.incoming(request, request.once, visitor));
      return known && accepted.how !== 'opened' ? request.statusToken : accepted.statusToken;
    }
    if (known) return this.mergeInto(known, request.statusToken);
    const merged = `merged:${this.index.of('help.sender', sender).toString('base64url')}`;
    const once = `${merged}:${this.limits.window()}`;
    await this.intake.raise(this.incoming({ ...request, raw: mergedRaw }, once));
    return null;
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

  private async cameBefore({ once }: HelpRequest): Promise<boolean> {
    if (once === null) return false;
    const { reader } = this.unitOfWork;
    return (await this.store.byIdempotencyKey(reader, null, keyOf(once))) !== null;
  }

  private async mergeInto(flag: FlagRow, statusToken: string | null): Promise<string | null> {
    await this.unitOfWork.run(async (tx) => {
      await this.store.merge(tx.db, flag.id, tx.now);
      this.audit.record(tx, {
        stream: `flag:${flag.id}`,
        action: 'flag.replayed',
        actor: { type: 'participant' },
        subjectRef: flag.id,
        body: { how: 'merged' },
      });
    });
    return statusToken;
  }

  private incoming(
    request: HelpRequest,
    once: string | null,
    { known, participantId }: Visitor = { known: null, participantId: null },
  ): Parameters<Intake['raise']>[0] {
    const { language, country, region, statusToken } = request;
    const location = { country: country ?? undefined, region: region ?? undefined };
    const fields = {
      source: 'help_page',
      participant: { language },
      ...(country === null && region === null ? {} : { location }),
      ...(known && statusToken !== null ? { statusToken } : {}),
    };
    return {
      client: null,
      program: request.program,
      idempotencyKey: once === null ? null : keyOf(once),
      read: { fields, warnings: [] },
      raw: decodeText(request.raw).text,
      resourcesShown: request.resourcesShown,
      ...(participantId !== null && { participantId }),
    };
  }
}

const keyOf = (once: string): string => `help:${once}`;
