import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { DataKey } from '../platform/crypto/data-key.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import { ParticipantsStore, type SupportContact } from './participants.store.js';

const words = z.string().trim().min(1).max(2_000);

/** The six ordered sections of a safety plan (Stanley and Brown). */
export const safetyPlanFile = z.strictObject({
  warningSigns: words,
  internalCoping: words,
  peopleAndPlaces: words,
  peopleToAsk: words,
  professionals: words,
  saferSurroundings: words,
});

export const supportContactsFile = z.array(
  z.strictObject({
    name: z.string().min(1).max(120),
    relation: z.string().min(1).max(60),
    phone: z.string().min(2).max(30).optional(),
    /** How far the participant agreed that this person may be spoken to. */
    consent: z.enum(['none', 'emergency', 'full']),
  }),
);

export const planHeadings: Record<keyof z.infer<typeof safetyPlanFile>, string> = {
  warningSigns: '1 Warning signs',
  internalCoping: '2 What I can do by myself',
  peopleAndPlaces: '3 People and places that take my mind off it',
  peopleToAsk: '4 People I can ask for help',
  professionals: '5 Professionals and agencies',
  saferSurroundings: '6 Making my surroundings safer',
};

/**
 * What was worked out with a participant beforehand. Idempotent; true when it changed something.
 */
@Injectable()
export class PlansApply {
  constructor(private readonly store: ParticipantsStore) {}

  async applyPlan(
    tx: Tx,
    participantId: string,
    key: DataKey,
    plan: z.infer<typeof safetyPlanFile>,
  ): Promise<boolean> {
    const text = Object.entries(planHeadings)
      .map(([section, heading]) => `${heading}: ${plan[section as keyof typeof plan]}`)
      .join('\n');
    const latest = await this.store.latestPlanOf(tx.db, participantId);
    if (latest && key.open(planPlace(latest.id), latest.body) === text) return false;
    const id = newId();
    const body = key.seal(planPlace(id), text);
    await this.store.insertPlan(tx.db, { id, participantId, body, at: tx.now });
    return true;
  }

  async applySupport(
    tx: Tx,
    participantId: string,
    key: DataKey,
    contacts: z.infer<typeof supportContactsFile>,
  ): Promise<boolean> {
    const known = (await this.store.supportOf(tx.db, participantId)).map((row) => opened(key, row));
    if (same(known, contacts.map(wanted))) return false;
    const rows = contacts.map(({ name, relation, phone, consent }) => {
      const id = newId();
      return {
        id,
        relation,
        name: key.seal(supportPlace(id, 'name'), name),
        phone: phone === undefined ? null : key.seal(supportPlace(id, 'phone'), phone),
        consentScope: consent,
      };
    });
    await this.store.replaceSupport(tx.db, participantId, rows, tx.now);
    return true;
  }
}

/** Whatever the order: nothing says who is asked first. */
function same(one: string[][], other: string[][]): boolean {
  const lines = [one, other].map((all) =>
    all
      .map((each) => JSON.stringify(each))
      .toSorted()
      .join(),
  );
  return lines[0] === lines[1];
}

function opened(key: DataKey, row: SupportContact): string[] {
  const name = key.open(supportPlace(row.id, 'name'), row.name);
  const phone = row.phone && key.open(supportPlace(row.id, 'phone'), row.phone);
  return [name, row.relation, phone ?? '', row.consentScope];
}

const wanted = (one: z.infer<typeof supportContactsFile>[number]): string[] => [
  one.name,
  one.relation,
  one.phone ?? '',
  one.consent,
];

export const planPlace = (row: string) => ({ table: 'safety_plans', row, column: 'body' });
const supportPlace = (row: string, column: string) => ({ table: 'support_contacts', row, column });
