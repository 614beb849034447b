import type { Say } from '../../../wording/wording.service.js';

export const saidWords = ['saved', 'place', 'number', 'nothing', 'thanks', 'too_fast'] as const;
/** What just became of what was sent from the page; it stands in the address for one look. */
export type SaidWord = (typeof saidWords)[number];

const isGood: ReadonlySet<SaidWord> = new Set<SaidWord>(['saved', 'thanks']);

export function Said({ said, say }: { said: SaidWord; say: Say }) {
  return (
    <p class={isGood.has(said) ? 'note' : 'note warn'} role="status">
      {sentence(said, say)}
    </p>
  );
}

function sentence(said: SaidWord, say: Say): string {
  if (said === 'place') return `${say('status.place_saved')} ${say('status.number_needed')}`;
  return say(keys[said]);
}

const keys = {
  saved: 'status.saved',
  number: 'status.number_needed',
  nothing: 'status.nothing_said',
  thanks: 'status.thanks',
  too_fast: 'status.too_fast',
} as const;
