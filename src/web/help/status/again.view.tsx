import { shortenText } from '../../../platform/shorten-text.js';
import type { Visit } from '../visits.js';

interface AgainProps {
  visit: Visit;
  path: string;
}

/** The same page anew. */
export function CheckAgain({ visit, path }: AgainProps) {
  return (
    <p>
      <a class="button quiet" href={visit.to(path)}>
        {visit.say('status.check_again')}
      </a>
    </p>
  );
}

const fieldNames = ['do', 'once', 'phone', 'country', 'region', 'address'];
const boxNames = ['safe_call', 'safe_text', 'safe_voicemail'];
const valueLengthMax = 500;

/** The form that was not kept, to be sent once more without typing anything again. */
export function SendAgain({ visit, path, fields }: AgainProps & { fields: URLSearchParams }) {
  const said = [...fieldNames, ...boxNames].flatMap((name) => {
    const value = shortenText(fields.get(name) ?? '', valueLengthMax);
    return value ? [{ name, value }] : [];
  });
  return (
    <form method="post" action={visit.to(path)}>
      {said.map(({ name, value }) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button>{visit.say('status.try_again')}</button>
    </form>
  );
}
