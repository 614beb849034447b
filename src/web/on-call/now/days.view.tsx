import type { OnCallMember } from '../../../oncall/rules/schedule.js';
import { dayText, hourText, lengthText } from '../times.js';
import type { Block, Day, ScheduleDays } from './days.service.js';

type Names = ReadonlyMap<string, string>;

interface ScheduleProps {
  schedule: ScheduleDays;
  names: Names;
}

/** The coming days of one schedule: a row a day, in it who is on call from when to when. */
export function ScheduleView({ schedule, names }: ScheduleProps) {
  const { key, name, zone, days } = schedule;
  return (
    <section class="card" aria-labelledby={`schedule-${key}`}>
      <h2 id={`schedule-${key}`}>{name}</h2>
      <p class="soft">
        The next {days.length} days. All times are in {zone}.
      </p>
      <ol class="days">
        {days.map((day, at) => (
          <DayRow day={day} zone={zone} names={names} isToday={at === 0} />
        ))}
      </ol>
    </section>
  );
}

interface DayProps {
  day: Day;
  zone: string;
  names: Names;
  isToday: boolean;
}

function DayRow({ day, zone, names, isToday }: DayProps) {
  return (
    <li>
      <strong class="day">
        {isToday ? 'Today, ' : ''}
        {dayText(day.from, zone)}
      </strong>
      <div>
        <ul class="blocks">
          {day.blocks.map((block) => (
            <li class={classOf(block, day)}>
              <span class="who">
                {block.people.length === 0 && <strong>Nobody is on call</strong>}
                {block.people.slice(0, namedMax).map((one, at) => (
                  <PersonOnCall one={one} names={names} isFirst={at === 0} />
                ))}
                {block.people.length > namedMax && ` and ${block.people.length - namedMax} more`}
              </span>
              <span class="hours">{hoursText(block, day, zone)}</span>
            </li>
          ))}
        </ul>
        {day.change && <p class="warned">{changeText(day, zone, names)}</p>}
      </div>
    </li>
  );
}

const namedMax = 6;

function PersonOnCall(props: { one: OnCallMember; names: Names; isFirst: boolean }) {
  const { one, names, isFirst } = props;
  const mark = markOf(one, names);
  return (
    <>
      {isFirst ? '' : ', '}
      {names.get(one.member) ?? 'Somebody'}
      {mark && (
        <>
          {' '}
          <span class="mark">{mark}</span>
        </>
      )}
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
function classOf({ from, to, people }: Block, day: Day): string {
  const share = Math.round(((to - from) / (day.to - day.from)) * 24);
  const wide = `wide-${Math.min(24, Math.max(1, share))}`;
  return people.length === 0 ? `${wide} gap` : wide;
}

function hoursText({ from, to }: Block, day: Day, zone: string): string {
  const [begins, ends] = [from === day.from, to === day.to];
  if (begins && ends) return 'all day';
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
