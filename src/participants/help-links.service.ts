import { Injectable } from '@nestjs/common';
import { BlindIndex } from '../platform/crypto/blind-index.js';
import { sameBytes } from '../platform/crypto/tokens.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { Participants } from './participants.service.js';
import { ParticipantsStore } from './participants.store.js';

const idBytes = 16;
const proofBytes = 16;

interface HelpLink {
  participantId: string;
  token: string;
}

/**
 * The secret part of the address of somebody's own help page: their id and 128 bits that only we
 * can compute. It says who asks for help and opens nothing else.
 */
@Injectable()
export class HelpLinks {
  constructor(
    private readonly store: ParticipantsStore,
    private readonly participants: Participants,
    private readonly index: BlindIndex,
  ) {}

  /** The same each time, until it is renewed; null: nobody has this external id. */
  async of(tx: Tx, programId: string, externalId: string): Promise<HelpLink | null> {
    const index = this.participants.externalIdIndex(programId, externalId);
    const row = await this.store.byExternalId(tx.db, programId, index);
    return row && { participantId: row.id, token: this.tokenFor(row.id, row.helpLinkVersion) };
  }

  /** The participant of that program whose link it is now; null for any other text. */
  async participantOf(db: Tx['db'], programId: string, token: string): Promise<string | null> {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== idBytes + proofBytes) return null;
    const id = idFrom(bytes);
    const row = await this.store.byId(id, db);
    if (row?.programId !== programId) return null;
    const proof = this.proofOf(id, row.helpLinkVersion);
    return sameBytes(proof, bytes.subarray(idBytes)) ? id : null;
  }

  /** From the commit on earlier links are nobody's. */
  renew(tx: Tx, programId: string, externalId: string): Promise<unknown> {
    const index = this.participants.externalIdIndex(programId, externalId);
    return this.store.renewHelpLink(tx.db, programId, index);
  }

  private tokenFor(id: string, version: number): string {
    const idPart = Buffer.from(id.replaceAll('-', ''), 'hex');
    return Buffer.concat([idPart, this.proofOf(id, version)]).toString('base64url');
  }

  private proofOf(id: string, version: number): Buffer {
    return this.index.of('participant.help_link', `${id} ${version}`).subarray(0, proofBytes);
  }
}

function idFrom(bytes: Buffer): string {
  const parts = /^(.{8})(.{4})(.{4})(.{4})(.{12})/.exec(bytes.toString('hex')) ?? [];
  return parts.slice(1).join('-');
}
