import { Rejection } from '../../../platform/http/rejection.js';
import type { Stretch } from '../times.js';

const id = '[0-9a-f-]{36}';
const shiftForm = new RegExp(`^(${id})~(\\d{1,15})~(\\d{1,15})$`);
const partnerForm = new RegExp(`^(${id})(?:~(\\d{1,15})~(\\d{1,15}))?$`);

export interface ShiftChosen extends Stretch {
  scheduleId: string;
}

/** A shift as the value of a field. */
export const shiftCode = ({ scheduleId, from, to }: ShiftChosen): string =>
  `${scheduleId}~${from}~${to}`;

/** Somebody, and the shift of theirs that is taken in return. */
export const partnerCode = (person: string, inReturn: Stretch | null): string =>
  inReturn === null ? person : `${person}~${inReturn.from}~${inReturn.to}`;

export function readShift(code: string): ShiftChosen | null {
  const found = shiftForm.exec(code);
  if (found === null) return null;
  const [, scheduleId = '', from, to] = found;
  return { scheduleId, from: Number(from), to: Number(to) };
}

/** 422 for what no form of ours says. */
export function shiftIn(code: string): ShiftChosen {
  const shift = readShift(code);
  if (shift === null) throw new Rejection('unprocessable', 'Choose the shift again.', 'incomplete');
  return shift;
}

export function partnerIn(code: string): { counterpart: string; inReturn: Stretch | null } {
  const found = partnerForm.exec(code);
  if (found === null) {
    throw new Rejection('unprocessable', 'Choose who takes the shift.', 'incomplete');
  }
  const [, counterpart = '', from, to] = found;
  const inReturn = from === undefined ? null : { from: Number(from), to: Number(to) };
  return { counterpart, inReturn };
}
