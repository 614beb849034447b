import { dayText, hourText, localField } from '../times.js';
import {
  type Cell,
  cellText,
  halfHours,
  levelOf,
  levelWords,
  minutesText,
  type StripDay,
  waitText,
} from './week-strip.js';

interface WeekViewProps {
  days: readonly StripDay[];
  zone: string;
  nth: number;
  /** Of the page without its moment. */
  base: string;
}

const ordinals = ['first', 'second', 'third'] as const;

/** Seven days of 48 half hours: how long until the n-th person is paged. */
export function WeekView({ days, zone, nth, base }: WeekViewProps) {
  const title = `Minutes until the ${ordinals[nth - 1]} person is paged`;
  return (
    <>
      {isEven(days) ? (
        <p>
          The {ordinals[nth - 1]} person is paged <strong>{waitText(worstOf(days))}</strong>, at any
          time of the week.
        </p>
      ) : (
        <WorstOfDays days={days} zone={zone} base={base} />
      )}
      <p class="soft">
        Each cell is a half hour; its number is the minutes. “no”: nobody at all. Times are in{' '}
        {zone}.
      </p>
      <ul class="legend">
        {levelWords.map((words, level) => (
          <li>
            <span class={`level-${level}`} aria-hidden="true" /> {words}
          </li>
        ))}
      </ul>
      <div class="scroll" tabIndex={0} role="region" aria-label={title}>
        <table class="heat">
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              {Array.from({ length: halfHours / 2 }, (_, hour) => (
                <th scope="col" colSpan={2}>
                  {hourName(hour)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, cells }) => (
              <tr>
                <th scope="row">{dayText(day.from, zone)}</th>
                {cells.map((cell) => (
                  <HeatCell cell={cell} zone={zone} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** At every half hour the same. */
const isEven = (days: readonly StripDay[]): boolean =>
  new Set(days.flatMap(({ cells }) => cells.flatMap((cell) => (cell ? [cell.seconds] : []))))
    .size === 1;

const worstOf = ([first]: readonly StripDay[]): number | null => first?.worst?.seconds ?? null;

const hourName = (hour: number): string =>
  `${hour % 12 === 0 ? 12 : hour % 12}${hour < 12 ? 'a' : 'p'}`;

function HeatCell({ cell, zone }: { cell: Cell | null; zone: string }) {
  if (cell === null) return <td class="level-none" />;
  return (
    <td class={`level-${levelOf(cell.seconds)}`} title={cellText(cell, zone)}>
      {minutesText(cell.seconds)}
    </td>
  );
}

function WorstOfDays({ days, zone, base }: Pick<WeekViewProps, 'days' | 'zone' | 'base'>) {
  return (
    <table class="cards">
      <caption>The longest wait of each day</caption>
      <thead>
        <tr>
          {['Day', 'Longest wait', 'First at', ''].map((head) => (
            <th scope="col">{head === '' ? <span class="unseen">Simulation</span> : head}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, worst }) => (
          <tr class={worst !== null && levelOf(worst.seconds) > 4 ? 'late' : ''}>
            <td data-label="Day">{dayText(day.from, zone)}</td>
            <td data-label="Longest wait">
              <strong>{worst === null ? 'Not played' : waitText(worst.seconds)}</strong>
            </td>
            <td data-label="First at">{worst === null ? '' : hourText(worst.at, zone)}</td>
            <td data-label="Simulation">
              {worst && (
                <a href={`${base}&at=${encodeURIComponent(localField(worst.at, zone))}`}>
                  Play it<span class="unseen"> on {dayText(day.from, zone)}</span>
                </a>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
