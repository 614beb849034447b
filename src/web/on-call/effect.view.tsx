import { stretchText } from './times.js';

/** A stretch in which other people are on call than before; milliseconds since 1970, staff ids. */
interface ChangedStretch {
  from: number;
  to: number;
  before: readonly string[];
  after: readonly string[];
}

interface EffectViewProps {
  changes: readonly ChangedStretch[];
  warnings: readonly { detail: string }[];
  zone: string;
  names: ReadonlyMap<string, string>;
}

/** Who is on call before and after. */
export function EffectView({ changes, warnings, zone, names }: EffectViewProps) {
  const all = (ids: readonly string[]) =>
    ids.map((id) => names.get(id) ?? 'Somebody').join(', ') || 'Nobody';
  return (
    <>
      {warnings.map(({ detail }) => (
        <p class="warned">{detail}</p>
      ))}
      {changes.length === 0 ? (
        <p>
          <strong>No effect:</strong> the same people are on call as without it.
        </p>
      ) : (
        <table class="cards">
          <thead>
            <tr>
              {['When', 'On call now', 'On call then'].map((head) => (
                <th scope="col">{head}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {changes.map(({ before, after, ...stretch }) => (
              <tr class={after.length === 0 ? 'late' : ''}>
                <td data-label="When">{stretchText(stretch, zone)}</td>
                <td data-label="On call now">{all(before)}</td>
                <td data-label="On call then">
                  <strong>{all(after)}</strong>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
