import type { CaseFlag } from '../../intake/case-flags.service.js';
import { dayAndTime } from '../layout/moments.js';
import { acuityWords, wordsFor } from '../layout/words.js';
import type { CaseFile } from './case-file.service.js';
import { needWords, reasonWords, sourceWords } from './flag-words.js';

const answersMax = 40;
const answerLengthMax = 200;

/** What they said, newest first. */
export function Flags({ file }: { file: CaseFile }) {
  const { flags } = file;
  return (
    <section class="card" aria-labelledby="flags">
      <h2 id="flags">Flags of the last 72 hours</h2>
      <ul class="said">
        {flags.map((flag) => (
          <OneFlag flag={flag} file={file} />
        ))}
      </ul>
    </section>
  );
}

function OneFlag({ flag, file }: { flag: CaseFlag; file: CaseFile }) {
  const { receivedAt, raisedAt, source, acuity, acuityReasons, text, raw, mergedCount } = flag;
  const { zone } = file.program;
  const reasons = acuityReasons.map((reason) => wordsFor(reasonWords, reason));
  return (
    <li>
      <span>
        <strong>{dayAndTime(receivedAt, zone)}</strong> · {wordsFor(sourceWords, source)} ·{' '}
        {wordsFor(acuityWords, acuity)}
        {reasons.length > 0 && `: ${reasons.join(', ')}`}
        {flag.caseId !== file.current.id && ' · another case'}
      </span>
      {text ? <p class="words">{text}</p> : <p class="empty">No words came with it.</p>}
      <Signals flag={flag} />
      {mergedCount > 0 && <p class="soft">Asked {mergedCount} more times within seconds.</p>}
      {raisedAt && (
        <p class="soft">Their device says it was raised {dayAndTime(raisedAt, zone)}.</p>
      )}
      {raw && (
        <details>
          <summary>Not all of it was understood: see what came</summary>
          <p class="words">{raw}</p>
        </details>
      )}
      <LinesShown ids={flag.resourcesShown} names={file.lineNames} />
    </li>
  );
}

/** Need, danger and screener as they were sent: what the acuity was read from. */
function Signals({ flag: { need, danger, screener } }: { flag: CaseFlag }) {
  const facts = [
    ['Need', need && needWords[need]],
    ['Means at hand', danger && asSaid(danger.meansAtHand)],
    ['Within', danger && asSaid(danger.within)],
    ['Screener', screener && screenerName(screener)],
    ...answersOf(screener?.answers),
  ].filter(([, value]) => value);
  if (facts.length === 0) return null;
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}

function screenerName({ instrument, version }: NonNullable<CaseFlag['screener']>): string {
  return [asSaid(instrument) ?? 'Not named', asSaid(version)].filter(Boolean).join(', version ');
}

function answersOf(answers: unknown): [string, string | null][] {
  if (typeof answers !== 'object' || answers === null) return [['Answers', asSaid(answers)]];
  return Object.entries(answers)
    .slice(0, answersMax)
    .map(([item, answer]) => [`Item ${item.slice(0, answerLengthMax)}`, asSaid(answer)]);
}

/** A value of any kind as people read it; null: nothing was said. */
function asSaid(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.slice(0, answerLengthMax) || null;
}

/** What the sender was shown with the answer: nobody has to ask whether they know a number. */
function LinesShown({ ids, names }: { ids: readonly string[]; names: CaseFile['lineNames'] }) {
  if (ids.length === 0) return <p class="soft">No lines were shown with the answer.</p>;
  return (
    <details>
      <summary>Lines they were shown ({ids.length})</summary>
      <ul class="local">
        {ids.map((id) => (
          <li>{names.get(id) ?? id}</li>
        ))}
      </ul>
    </details>
  );
}
