const takeKey = '1';
const passKey = '2';
const againKey = '9';

const roundsMax = 3;
const repeatsMax = 9;

/** Where in its questions a call is. */
export interface Turn {
  /** From 1; rises with silence and wrong keys. */
  round: number;
  /** From 0; rises when somebody asked to hear it again, or had to. */
  repeats: number;
}

export type KeyMove =
  | { type: 'answer'; take: boolean }
  | { type: 'ask'; turn: Turn }
  | { type: 'part'; because: PartReason };

export type PartReason = 'no_key' | 'heard_often' | 'heard';

/**
 * What a key means; empty when none was pressed in time. Only a 1 takes: silence, a voicemail and
 * any other key do not. A page that asks for nothing is heard with any key.
 */
export function readKey(digits: string, turn: Turn, asks: boolean): KeyMove {
  if (digits === againKey) {
    return hearAgain(turn) ?? { type: 'part', because: 'heard_often' };
  }
  if (asks && (digits === takeKey || digits === passKey)) {
    return { type: 'answer', take: digits === takeKey };
  }
  if (!asks && digits !== '') return { type: 'part', because: 'heard' };
  if (turn.round >= roundsMax) return { type: 'part', because: 'no_key' };
  return { type: 'ask', turn: { ...turn, round: turn.round + 1 } };
}

/** The same question once more; null when that was done often enough. */
export function hearAgain({ round, repeats }: Turn): Extract<KeyMove, { type: 'ask' }> | null {
  return repeats < repeatsMax ? { type: 'ask', turn: { round, repeats: repeats + 1 } } : null;
}
