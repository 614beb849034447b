import type { CoverageFound } from '../../../oncall/coverage/program-coverage.service.js';
import type { Coverage, Gap } from '../../../oncall/rules/coverage.js';
import type { StoredSchedule } from '../../../oncall/schedules/schedules.service.js';
import type { Board } from '../../../reporting/board.service.js';
import { OpenAlarms } from '../../supervise/alarms.view.js';
import { OnCallPage } from '../on-call-page.js';
import type { Place } from '../places.service.js';
import { lengthText, localField, stretchText } from '../times.js';

interface CoveragePageProps {
  place: Place;
  now: Date;
  found: CoverageFound;
  /** Of those who have accepted gaps. */
  names: ReadonlyMap<string, string>;
  alarms: Awaited<ReturnType<Board['alarms']>>;
}

const minuteMs = 60_000;

export function CoveragePage(props: CoveragePageProps) {
  const { place, now, found, alarms } = props;
  const { coverage, schedules } = found;
  const used = coverage.schedules.filter((one) => one.used);
  const unused = coverage.schedules.filter((one) => !one.used);
  const about = alarms.filter(({ kind }) => kind.startsWith('coverage'));
  return (
    <OnCallPage place={place} tab="/coverage" title="Coverage">
      {about.length > 0 && (
        <section class="card" aria-labelledby="alarms">
          <h2 id="alarms">Open alarms</h2>
          <OpenAlarms alarms={about} now={now} />
        </section>
      )}
      <Totals {...props} />
      {used.map((one) => (
        <OfSchedule {...props} one={one} schedule={schedules.get(one.id)} />
      ))}
      <Thin found={found} />
      {unused.length > 0 && (
        <p class="soft">
          No step of the policy pages:{' '}
          {unused.map(({ id }) => schedules.get(id)?.name ?? '').join(', ')}.
        </p>
      )}
    </OnCallPage>
  );
}

function Totals({ found }: CoveragePageProps) {
  const { gap, acceptedGap, thin } = found.coverage.minutes;
  const isFine = gap + acceptedGap + thin === 0;
  return (
    <section class="card" aria-labelledby="totals">
      <h2 id="totals">The next 30 days</h2>
      {isFine && (
        <p class="done">At every minute somebody on call can be reached, and somebody else.</p>
      )}
      <dl class="clocks">
        <Total name="Nobody can be reached" minutes={gap} />
        <Total name="The same, accepted" minutes={acceptedGap} />
        <Total name="Fewer than two people" minutes={thin} />
      </dl>
    </section>
  );
}

function Total({ name, minutes }: { name: string; minutes: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{minutes === 0 ? 'never' : lengthText(minutes * minuteMs)}</dd>
    </div>
  );
}

type ScheduleProps = CoveragePageProps & {
  one: Coverage['schedules'][number];
  schedule: StoredSchedule | undefined;
};

function OfSchedule(props: ScheduleProps) {
  const { one, schedule } = props;
  if (schedule === undefined) return null;
  const { key, name, body } = schedule;
  return (
    <section class="card" aria-labelledby={`gaps-${key}`}>
      <h2 id={`gaps-${key}`}>{name}</h2>
      {one.gaps.length === 0 ? (
        <p class="empty">No gap: somebody can be reached at every minute.</p>
      ) : (
        <table class="cards">
          <thead>
            <tr>
              {['Gap', 'Minutes', 'Why', 'Accepted'].map((head) => (
                <th scope="col">{head}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {one.gaps.slice(0, gapsShown).map((gap) => (
              <GapRow {...props} gap={gap} scheduleKey={key} zone={body.zone} />
            ))}
          </tbody>
        </table>
      )}
      {one.gaps.length > gapsShown && <p>And {one.gaps.length - gapsShown} more.</p>}
    </section>
  );
}

const gapsShown = 100;

const whyWords: Readonly<Record<Gap['why'], string>> = {
  nobody_scheduled: 'Nobody is on call',
  nobody_eligible: 'Whoever is on call may not take cases: their role or credentials have ended',
  nobody_reachable: 'Whoever is on call cannot be reached: no contact method works',
};

type GapRowProps = ScheduleProps & { gap: Gap; scheduleKey: string; zone: string };

function GapRow({ gap, scheduleKey, zone, names, place }: GapRowProps) {
  const { from, to, why, accepted } = gap;
  const filled = { kind: 'add', from: localField(from, zone), to: localField(to, zone) };
  const asked = { program: place.program.key, schedule: scheduleKey, ...filled };
  return (
    <tr class={accepted === null ? 'late' : ''}>
      <td data-label="Gap">
        <span>
          <strong>{stretchText(gap, zone)}</strong>
          {place.mayEdit && (
            <a class="below" href={`/on-call/overrides?${new URLSearchParams(asked).toString()}`}>
              Put somebody on call
            </a>
          )}
        </span>
      </td>
      <td data-label="Minutes">{Math.round((to - from) / minuteMs)}</td>
      <td data-label="Why">{whyWords[why]}</td>
      <td data-label="Accepted">
        {accepted === null ? (
          <strong>By nobody</strong>
        ) : (
          <span>
            By {accepted.by === null ? 'the file of the program' : names.get(accepted.by)}
            {accepted.everyWeek ? ', every week' : ''}
            <small>{accepted.reason}</small>
          </span>
        )}
      </td>
    </tr>
  );
}

function Thin({ found: { coverage, zone } }: { found: CoverageFound }) {
  const { thin } = coverage;
  return (
    <section class="card" aria-labelledby="thin">
      <h2 id="thin">Fewer than two people</h2>
      <p class="soft">
        When all steps of an acuity together name fewer than two people who can be reached: one
        phone that fails would leave nobody.
      </p>
      {thin.length === 0 ? (
        <p class="empty">Never.</p>
      ) : (
        <ul class="said">
          {thin.slice(0, gapsShown).map(({ people, ...stretch }) => (
            <li>
              <span>
                <strong>{stretchText(stretch, zone)}</strong>:{' '}
                {people === 0 ? 'nobody' : 'one person'} (
                {Math.round((stretch.to - stretch.from) / minuteMs)} minutes)
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
