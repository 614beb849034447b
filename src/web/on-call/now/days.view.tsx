import type { OnCallMember } from '../../../oncall/rules/schedule.js';
import type { Place } from '../places.service.js';
import { dayText, hourText, lengthText, localField, stretchText, todayText } from '../times.js';
import { whyWords } from '../why-words.js';
import type { Block, Day, ScheduleDays } from './days.service.js';

type Names = ReadonlyMap<string, string>;

interface ScheduleProps {
  schedule: ScheduleDays;
  names: Names;
  place: Place;
}

/** The coming days of one schedule: a row a day, in it who is on call from when to when. */
export function ScheduleView({ schedule, names, place }: ScheduleProps) {
  const { key, name, zone, days } = schedule;
  return (
    <section class="card" aria-labelledby={`schedule-${key}`}>
      <h2 id={`schedule-${key}`}>{name}</h2>
      <p class="soft">
        The next {days.length} days. All times are in {zone}.
      </p>
      {schedule.passedOver.map(({ why, ...stretch }) => (
        <p class="alert">
          <strong>Pages pass over this schedule</strong> {stretchText(stretch, zone)}.{' '}
          {whyWords[why]}.
        </p>
      ))}
      <ol class="days">
        {days.map((day, at) => (
          <DayRow day={day} isToday={at === 0} schedule={schedule} names={names} place={place} />
        ))}
      </ol>
    </section>
  );
}

interface DayProps extends ScheduleProps {
  day: Day;
  isToday: boolean;
}

function DayRow({ day, isToday, schedule, names, place }: DayProps) {
  const { zone } = schedule;
  return (
    <li>
      <strong class="day">{isToday ? todayText(day.from, zone) : dayText(day.from, zone)}</strong>
      <div>
        <ul class="blocks">
          {day.blocks.map((block) => (
            <li class={classOf(block, day, place.staffId)}>
              <span class="who">
                {block.people.length === 0 && <Nobody {...{ block, schedule, place }} />}
                {block.people.slice(0, namedMax).map((one, at) => (
                  <PersonOnCall
                    one={one}
                    names={names}
                    isFirst={at === 0}
                    isViewer={one.member === place.staffId}
                  />
                ))}
                {block.people.length > namedMax && ` and ${block.people.length - namedMax} more`}
              </span>
              <span class="hours">{hoursText(block, day, { zone, isToday })}</span>
            </li>
          ))}
        </ul>
        {day.change && <p class="warned">{changeText(day, zone, names)}</p>}
      </div>
    </li>
  );
}

const namedMax = 6;

interface PersonProps {
  one: OnCallMember;
  names: Names;
  isFirst: boolean;
  isViewer: boolean;
}

function PersonOnCall({ one, names, isFirst, isViewer }: PersonProps) {
  const mark = markOf(one, names);
  return (
    <>
      {isFirst ? '' : ', '}
      {names.get(one.member) ?? 'Somebody'}
      {isViewer && ' (you)'}
      {mark && (
        <>
          {' '}
          <span class="mark">{mark}</span>
        </>
      )}
    </>
  );
}

type NobodyProps = Pick<ScheduleProps, 'schedule' | 'place'> & { block: Block };

/** Whoever may, gets to the form that closes the gap. */
function Nobody({ block: { from, to }, schedule: { key, zone }, place }: NobodyProps) {
  const { program, mayEdit } = place;
  const filled = { kind: 'add', from: localField(from, zone), to: localField(to, zone) };
  const asked = new URLSearchParams({ program: program.key, schedule: key, ...filled });
  return (
    <>
      <strong>Nobody is on call</strong>
      {mayEdit && <a href={`/on-call/overrides?${asked.toString()}`}>Put somebody on call</a>}
    </>
  );
}

/** Why somebody else is on call than the turns say. */
function markOf({ why }: OnCallMember, names: Names): string | null {
  if (why.kind === 'layer') return null;
  if (why.kind === 'fixed') return `Fixed: ${why.name}`;
  const what = why.kind === 'swap' ? 'Swap' : 'Override';
  if (why.instead === null) return `${what}: in addition`;
  return `${what}: instead of ${names.get(why.instead) ?? 'somebody'}`;
}

/** As wide as it is long, and a gap looks like one. */
function classOf({ from, to, people }: Block, day: Day, viewer: string): string {
  const share = Math.round(((to - from) / (day.to - day.from)) * 24);
  const wide = `wide-${Math.min(24, Math.max(1, share))}`;
  if (people.length === 0) return `${wide} gap`;
  return people.some(({ member }) => member === viewer) ? `${wide} own` : wide;
}

interface Where {
  zone: string;
  isToday: boolean;
}

function hoursText({ from, to }: Block, day: Day, { zone, isToday }: Where): string {
  const [begins, ends] = [from === day.from, to === day.to];
  if (begins && ends) return isToday ? 'for the rest of the day' : 'all day';
  if (begins) return `until ${hourText(to, zone)}`;
  if (ends) return `from ${hourText(from, zone)}`;
  return `${hourText(from, zone)} to ${hourText(to, zone)}`;
}

/** Such as `Clocks go forward at 3:00 AM EDT: Maya's shift is an hour shorter.` */
function changeText({ change, blocks }: Day, zone: string, names: Names): string {
  if (change === null) return '';
  const { at, minutes } = change;
  const block = blocks.find(({ from, to }) => from <= at && at < to);
  const people = (block?.people ?? [])
    .slice(0, namedMax)
    .map(({ member }) => names.get(member) ?? '');
  const [way, size] = minutes > 0 ? ['forward', 'shorter'] : ['back', 'longer'];
  const length = Math.abs(minutes) === 60 ? 'an hour' : lengthText(Math.abs(minutes) * 60_000);
  const whose = people.length === 0 ? 'this night' : `this shift of ${people.join(', ')}`;
  const before = hourText(at - 60_000, zone);
  const when = `${dayText(at, zone)}, from ${before} to ${hourText(at, zone)}`;
  return `Clocks go ${way} on ${when}: ${whose} is ${length} ${size}.`;
}
