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
  switch (said) {
    case 'place':
      return `${say('status.place_saved')} ${say('status.number_needed')}`;
    case 'number':
      return say('status.number_needed');
    case 'nothing':
      return say('status.nothing_said');
    default:
      return say(`status.${said}`);
  }
}
