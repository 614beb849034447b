import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import { Participants } from '../../participants/participants.service.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { FlagsStore } from '../flags.store.js';
import { type FlagFacts, flagRow } from './flag-record.js';

/**
 * Writes a flag down: the row, what it says of numbers and places, and the record of its arrival.
 */
@Injectable()
export class FlagRecords {
  constructor(
    private readonly store: FlagsStore,
    private readonly participants: Participants,
    private readonly audit: Audit,
  ) {}

  keep(tx: Tx, facts: FlagFacts, action: 'flag.raised' | 'flag.joined' | 'flag.unverified'): void {
    this.store.insert(tx, flagRow(facts));
    if (facts.caseId !== null) this.keepStatements(tx, facts);
    this.audit.record(tx, {
      stream: `flag:${facts.id}`,
      action,
      actor: facts.clientId ? { type: 'integration', id: facts.clientId } : { type: 'participant' },
      subjectRef: facts.id,
      body: {
        caseId: facts.caseId,
        programId: facts.programId,
        acuity: facts.assessment.acuity,
        reasons: facts.assessment.reasons,
        resourcesShown: facts.resourcesShown,
      },
      newStream: true,
    });
  }

  private keepStatements(tx: Tx, facts: FlagFacts): void {
    const { fields, key, participantId, id } = facts;
    const phone = fields.participant?.phone;
    const typed = fields.callback ?? (phone === undefined ? undefined : { ...unsaid, phone });
    if (typed) this.participants.addCallback(tx, { flagId: id, key }, typed);
    if (!fields.location) return;
    const { country = null, region = null, address, statedAt = null } = fields.location;
    const statement = { country, region, address, statedAt };
    this.participants.addLocation(tx, { flagId: id, key, participantId }, statement);
  }
}

const unsaid = { safeToCall: null, safeToText: null, safeToVoicemail: null };
