import type {
  Figures,
  ReportGroup,
  ResponseTimesReport,
} from '../../reporting/response-times.service.js';
import { duration } from '../layout/moments.js';
import { acuityWords, wordsFor } from '../layout/words.js';

const timed = [
  ['M2', 'First page'],
  ['M3', 'Acknowledged'],
  ['M4', 'First attempt'],
  ['M5', 'Human contact'],
] as const;

/** M1 to M6 with what they mean beside them. */
export function ResponseTimesView({ report }: { report: ResponseTimesReport }) {
  const { groups, definitions } = report;
  return (
    <>
      <p class="soft">
        {report.from.slice(0, 10)} to {report.to.slice(0, 10)}. {definitions.population}
      </p>
      {groups.length === 0 && <p class="empty">No case in this time.</p>}
      {groups.map((group) => (
        <GroupTable group={group} />
      ))}
      <details>
        <summary>What these figures mean</summary>
        <dl class="meaning">
          {(['M1', 'M2', 'M3', 'M4', 'M5', 'M6'] as const).map((name) => (
            <>
              <dt>{name}</dt>
              <dd>{definitions[name]}</dd>
            </>
          ))}
        </dl>
      </details>
    </>
  );
}

function GroupTable({ group }: { group: ReportGroup }) {
  const { key, cases, exhausted } = group;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`Response times, ${titleOf(key)}`}>
      <table>
        <caption>
          {titleOf(key)}: {cases} {cases === 1 ? 'case' : 'cases'}, {exhausted} exhausted
        </caption>
        <thead>
          <tr>
            <th scope="col">Time from the flag</th>
            {['p50', 'p90', 'p95', 'Answered', 'Unanswered', 'Target', 'Within'].map((head) => (
              <th scope="col" class="number">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {timed.map(([name, words]) => (
            <FiguresRow name={name} words={words} figures={group[name]} />
          ))}
        </tbody>
      </table>
      <p class="soft">{otherFigures(group)}</p>
    </div>
  );
}

function otherFigures({ cases, M1, M6 }: ReportGroup): string {
  const shown = `M1 resources shown: ${M1.shown} of ${M1.flags} flags (${percent(M1.share)}).`;
  return `${shown} M6 within target: ${M6.within} of ${cases} cases (${percent(M6.share)}).`;
}

interface FiguresRowProps {
  name: string;
  words: string;
  figures: Figures;
}

function FiguresRow({ name, words, figures }: FiguresRowProps) {
  const { p50, p90, p95, answered, unanswered, targetSeconds, withinTarget } = figures;
  return (
    <tr>
      <th scope="row">
        {name} {words}
      </th>
      {[p50, p90, p95].map((seconds) => (
        <td class="number">{time(seconds)}</td>
      ))}
      <td class="number">{answered}</td>
      <td class="number">{unanswered}</td>
      <td class="number">{targetSeconds === null ? 'none' : time(targetSeconds)}</td>
      <td class="number">{percent(withinTarget)}</td>
    </tr>
  );
}

const titleOf = (key: string): string => wordsFor(acuityWords, key);

const time = (seconds: number | null): string =>
  seconds === null ? 'never' : seconds < 60 ? `${seconds} s` : duration(seconds * 1_000);

const percent = (share: number | null): string =>
  share === null ? 'none' : `${Math.floor(share * 1_000) / 10} %`;
