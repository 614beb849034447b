import { BlindIndex } from '../../../src/platform/crypto/blind-index.js';
import { CryptoConfig } from '../../../src/platform/crypto/crypto.config.js';
import type { RecordedFlag } from '../service.js';
import { keyBytes } from '../service/environment.js';
import type { Evidence } from './evidence.js';

const index = new BlindIndex(new CryptoConfig([], keyBytes('index')));

/** I28: whoever is not of the staff hears of us only by the way they have just used themselves. */
export function noUnsolicited({ requests, callbacks, methods }: Evidence): string[] {
  const strange = requests.filter(({ operation, params, at }) => {
    if (operation !== 'CreateMessage' && operation !== 'CreateCall') return false;
    const to = String(params['To'] ?? '');
    const address = index.of('staff.phone', to);
    if (methods.some(({ addressIndex }) => addressIndex.equals(address))) return false;
    const word = operation === 'CreateMessage' ? 'MessageSid' : 'CallSid';
    return !callbacks.some(
      (asked) => asked.params['From'] === to && word in asked.params && asked.at <= at,
    );
  });
  return strange.map(({ id }) => `I28 request ${id} went to somebody who did not ask for it`);
}

/** I29: what an outsider is answered is the same whoever is enrolled or has a case. */
export function noDisclosure({ posted }: Evidence): string[] {
  const keyless = posted.filter(({ key }) => key === null);
  const refused = posted.filter(({ answer }) => answer.status === 401);
  const thirds = posted.filter(({ sent, answer }) => answer.status < 300 && isThird(sent));
  const telling = [...keyless, ...refused, ...thirds].filter(tellsOfCase);
  const uneven = [refused, thirds].flatMap((alike) =>
    alike.filter(({ answer }) => fieldsOf(answer) !== fieldsOf(alike[0]!.answer)),
  );
  return [
    ...telling.map(({ answer }) => `I29 ${nameOf(answer)} tells of a case`),
    ...uneven.map(({ answer }) => `I29 ${nameOf(answer)} has other fields than its like`),
  ];
}

function isThird(sent: string): boolean {
  try {
    return (JSON.parse(sent) as { source?: unknown } | null)?.source === 'third_party';
  } catch {
    return false; // Broken JSON names no source.
  }
}

const tellsOfCase = ({ answer: { body } }: RecordedFlag): boolean =>
  'case' in body || 'links' in body;

const nameOf = ({ status, body }: RecordedFlag['answer']): string =>
  `answer ${status} to an outsider's flag ${body.flag?.id ?? ''}`.trim();

const fieldsOf = ({ body }: RecordedFlag['answer']): string =>
  Object.keys(body).toSorted().join(' ');
