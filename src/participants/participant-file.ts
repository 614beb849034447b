import type { DataKey } from '../platform/crypto/data-key.js';
import { contactPlace, type ContactPointRow } from './contact-point.row.js';
import type { LocationStatementRow } from './circumstances/location-statement.row.js';
import type { ParticipantRow } from './participant.row.js';
import type { ParticipantFile, SubjectsOfCase } from './participants.service.js';
import type { SupportContact } from './participants.store.js';
import { isMinor } from './rules/minor.js';
import { newestSafety, type SafetySaid } from './rules/safety.js';

/** All that is kept about the person behind a case, as it lies in the database. */
export interface SealedFile {
  row: ParticipantRow | null;
  points: ContactPointRow[];
  locations: LocationStatementRow[];
  plan: { id: string; body: Buffer } | null;
  support: SupportContact[];
}

/** Opens each part under the key it was sealed with. */
export function openFile(now: Date, sealed: SealedFile, subjects: SubjectsOfCase): ParticipantFile {
  const { row, points, locations, plan, support } = sealed;
  const { key, flagKeys } = subjects;
  const keyFor = (flagId: string | null): DataKey => flagKeys.get(flagId ?? '') ?? key;
  const open = (table: string, id: string, column: string, cell: Buffer | null, by = key) =>
    cell && by.open({ table, row: id, column }, cell);
  return {
    participant: row && openParticipant(now, row, key),
    contactPoints: points.flatMap((point) => {
      if (point.value === null) return [];
      const phone = keyFor(point.flagId).open(contactPlace(point.id), point.value);
      const { id, participantId, wrongNumberAt } = point;
      return { id, phone, onFile: participantId !== null, wrongNumberAt, ...saidOf(point) };
    }),
    safetySaid: newestSafety(points.filter(({ value }) => value === null).map(saidOf)),
    locations: locations.map((one) => ({
      country: one.country,
      region: one.region,
      address: open('location_statements', one.id, 'address', one.address, keyFor(one.flagId)),
      statedAt: one.statedAt ?? one.receivedAt,
    })),
    safetyPlan: plan ? open('safety_plans', plan.id, 'body', plan.body) : null,
    supportContacts: support.map((one) => ({
      relation: one.relation,
      name: open('support_contacts', one.id, 'name', one.name) ?? '',
      phone: open('support_contacts', one.id, 'phone', one.phone),
      consentScope: one.consentScope,
    })),
  };
}

function openParticipant(
  now: Date,
  row: ParticipantRow,
  key: DataKey,
): ParticipantFile['participant'] {
  const open = (column: string, cell: Buffer | null) =>
    cell && key.open({ table: 'participants', row: row.id, column }, cell);
  const birthYear = open('birth_year', row.birthYear);
  return {
    id: row.id,
    name: open('name', row.name),
    externalId: open('external_id', row.externalId),
    language: row.language,
    birthYear,
    minor: isMinor(now, { minor: row.minor, birthYear: Number(birthYear) }),
    verified: row.verifiedAt !== null,
  };
}

const saidOf = (point: ContactPointRow): SafetySaid => ({
  safeToCall: point.safeToCall,
  safeToText: point.safeToText,
  safeToVoicemail: point.safeToVoicemail,
  at: point.createdAt,
});
