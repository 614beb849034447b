import type { Interval, Layer, Schedule, Turns } from '../../../../src/oncall/rules/schedule.js';

/**
 * Who is on call, the slow way: a list of what clocks show in each minute, and everything else read
 * off it. Knows nothing of zones but what Intl formats, and shares no code with the resolver.
 * Local times are `YYYY-MM-DDTHH:MM`, which sort as they follow each other.
 */
export function onCallByMinutes(schedule: Schedule, span: Interval): string[][] {
  const wall = wallOf(schedule.zone, span);
  const answers: string[][] = wall.shown.map(() => []);
  for (const layer of schedule.layers.toReversed()) {
    const open = openMinutes(wall, layer);
    const members = memberMinutes(wall, layer);
    answers.forEach((_, minute) => {
      if (open[minute]) answers[minute] = members[minute] as string[];
    });
  }
  return answers;
}

const minuteMs = 60_000;

interface Wall {
  shown: string[];
  dates: string[];
  first(time: string): number;
  last(time: string): number;
}

function wallOf(zone: string, { from, to }: Interval): Wall {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const shown: string[] = [];
  for (let at = from; at < to; at += minuteMs) shown.push(format.format(at).replace(' ', 'T'));
  const firsts = new Map<string, number>();
  const lasts = new Map<string, number>();
  shown.forEach((time, minute) => {
    if (!firsts.has(time)) firsts.set(time, minute);
    lasts.set(time, minute);
  });
  const afterJump = (time: string) => {
    if (time < (shown[0] as string)) return 0;
    const minute = shown.findIndex((one) => one > time);
    return minute < 0 ? shown.length : minute;
  };
  return {
    shown,
    dates: datesAround(shown),
    first: (time) => firsts.get(time) ?? afterJump(time),
    last: (time) => lasts.get(time) ?? afterJump(time),
  };
}

function datesAround(shown: string[]): string[] {
  const begin = plus(shown[0] as string, -9 * 1440);
  const days = Math.ceil(shown.length / 1440) + 19;
  return Array.from({ length: days }, (_, at) => plus(begin, at * 1440).slice(0, 10));
}

/** So many minutes later on a wall whose clocks never change. */
const plus = (time: string, minutes: number): string =>
  new Date(Date.parse(`${time}Z`) + minutes * minuteMs).toISOString().slice(0, 16);

const minutesBetween = (one: string, other: string): number =>
  (Date.parse(`${other}Z`) - Date.parse(`${one}Z`)) / minuteMs;

const weekdayOf = (date: string): number => new Date(date).getUTCDay() || 7;

/** Local stretches in which the windows of a layer are open, of all dates nearby. */
function windowsOf(layer: Layer, dates: string[]): [string, string][] {
  return (layer.windows ?? []).flatMap((window) => {
    const weekdays = 'weekdays' in window ? window.weekdays : [window.fromWeekday];
    return dates
      .filter((date) => weekdays.includes(weekdayOf(date)))
      .map((date): [string, string] => {
        const opens = `${date}T${window.from}`;
        let closes = `${date}T${window.to}`;
        if ('toWeekday' in window) {
          while (weekdayOf(closes.slice(0, 10)) !== window.toWeekday) closes = plus(closes, 1440);
        }
        const step = 'toWeekday' in window ? 7 * 1440 : 1440;
        return [opens, closes <= opens ? plus(closes, step) : closes];
      });
  });
}

function openMinutes(wall: Wall, layer: Layer): boolean[] {
  if (layer.windows === undefined) return wall.shown.map(() => true);
  const open = wall.shown.map(() => false);
  for (const [opens, closes] of windowsOf(layer, wall.dates)) {
    open.fill(true, wall.first(opens), Math.max(wall.first(opens), wall.last(closes)));
  }
  return open;
}

function memberMinutes(wall: Wall, layer: Layer): string[][] {
  const { turns } = layer;
  if (turns === undefined) return wall.shown.map(() => [...layer.members]);
  const found = wall.shown.map(() => new Set<string>());
  turnsAround(wall, layer, turns).forEach(({ turn, begins, ends }) => {
    const count = layer.members.length;
    const place = (((turn * turns.peopleAtOnce) % count) + count) % count;
    for (let minute = wall.first(begins); minute < wall.last(ends); minute += 1) {
      for (let one = 0; one < turns.peopleAtOnce; one += 1) {
        found[minute]?.add(layer.members[(place + one) % count] as string);
      }
    }
  });
  return found.map((names) => [...names]);
}

/** Counted one by one from the first: that is why `startsOn` has to be near. */
function turnsAround(wall: Wall, layer: Layer, turns: Turns) {
  const { startsOn, every, interval, handOff, skipClosedDays } = turns;
  let first = `${startsOn}T${handOff.time}`;
  if (every === 'week' && handOff.weekday !== undefined) {
    while (weekdayOf(first.slice(0, 10)) !== handOff.weekday) first = plus(first, 1440);
  }
  const unit = { hour: 60, day: 1440, week: 7 * 1440, month: Number.NaN }[every];
  const [earliest, latest] = [`${wall.dates[0]}T00:00`, `${wall.dates.at(-1)}T00:00`];
  const windows = windowsOf(layer, datesBetween(first, wall));
  const isOpen = (begins: string) =>
    !skipClosedDays ||
    layer.windows === undefined ||
    windows.some(([from, to]) => from < plus(begins, 1440) && begins < to);
  const found: { turn: number; begins: string; ends: string }[] = [];
  const add = (count: number, begins: string) => {
    const turn = Math.floor(count / interval);
    found.push({ turn, begins, ends: plus(begins, unit) });
  };
  let count = 0;
  for (let begins = first; begins < latest; begins = plus(begins, unit)) {
    if (isOpen(begins)) add(count++, begins);
  }
  count = 0;
  for (let begins = plus(first, -unit); begins > earliest; begins = plus(begins, -unit)) {
    if (isOpen(begins)) add(--count, begins);
  }
  return found.filter(({ ends }) => minutesBetween(earliest, ends) > 0);
}

function datesBetween(first: string, wall: Wall): string[] {
  const start = plus(first, -9 * 1440);
  const from = start < `${wall.dates[0]}T00:00` ? start : `${wall.dates[0]}T00:00`;
  const days = minutesBetween(from, `${wall.dates.at(-1)}T00:00`) / 1440 + 9;
  return Array.from({ length: Math.max(0, Math.ceil(days)) }, (_, at) =>
    plus(from, at * 1440).slice(0, 10),
  );
}
