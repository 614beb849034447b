const outcomes = ['taken', 'already_yours', 'taken_by_other', 'declined', 'over'] as const;
export type Outcome = (typeof outcomes)[number];

/** What became of an answer, and to which page. */
export interface Answered {
  outcome: Outcome;
  ref: string;
  /** An alarm is taken by itself; what was offered to one person is not offered to the next. */
  what: 'case' | 'alarm' | 'hand_over';
}

export function isOutcome(text: string): text is Outcome {
  return (outcomes as readonly string[]).includes(text);
}

/** What kind of thing a page asks its reader to take. */
export function whatIsAsked(purpose: string, reason: string): Answered['what'] {
  if (purpose === 'alarm') return 'alarm';
  return reason === 'hand_over' ? 'hand_over' : 'case';
}

/** What a staff member is told by text; one GSM-7 segment, nobody's name. */
export function answerText({ outcome, ref, what }: Answered): string {
  const it = what === 'alarm' ? `the alarm about case ${ref}` : `case ${ref}`;
  switch (outcome) {
    case 'taken':
      return what === 'alarm'
        ? `ONCALL you have taken ${it}. Sign in: the case itself still needs somebody.`
        : `ONCALL you have taken ${it}. Sign in to see whom to call, and log the contact.`;
    case 'already_yours':
      return `ONCALL ${it} is already yours. Sign in to see whom to call.`;
    case 'taken_by_other':
      return `ONCALL ${it} was taken by another clinician. No action needed.`;
    case 'declined':
      return `ONCALL you passed on ${it}. ${passedOn[what]}`;
    case 'over':
      return `ONCALL ${it} no longer waits for an answer. No action needed.`;
  }
}

/** The same, said at the end of a call. */
export function answerSpeech({ outcome, what }: Omit<Answered, 'ref'>): string {
  const it = what === 'alarm' ? 'alarm' : 'case';
  switch (outcome) {
    case 'taken':
      return what === 'alarm'
        ? 'You have taken the alarm. Please sign in: the case itself still needs somebody. Goodbye.'
        : 'You have taken the case. Please sign in to see whom to call. Goodbye.';
    case 'already_yours':
      return `This ${it} is already yours. Please sign in to see whom to call. Goodbye.`;
    case 'taken_by_other':
      return `Another clinician has taken this ${it}. No action needed. Goodbye.`;
    case 'declined':
      return `You passed. ${passedOn[what]} Goodbye.`;
    case 'over':
      return `This ${it} no longer waits for an answer. No action needed. Goodbye.`;
  }
}

const passedOn: Record<Answered['what'], string> = {
  case: 'The next person is being paged.',
  alarm: 'It goes on until somebody takes it.',
  hand_over: 'No action needed.',
};

/** When an answer came and the database was away: the truth, and what to do. */
export const notRecordedText =
  'ONCALL your answer could not be recorded just now. Nobody has it yet. Please send it again.';
