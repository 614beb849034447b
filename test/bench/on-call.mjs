import { round, summarize } from './statistics.mjs';

const dayMs = 86_400_000;
const yearMs = 365 * dayMs;
const from = Date.parse('2027-01-01T05:00:00Z');
const answersAtOnce = 500;
const warmUpAnswers = 5_000;
const shiftsOfYearMaxMs = 200;

/**
 * How fast it is known who is on call: no database, no queue, one processor. What is built has to
 * be there first.
 */
export async function measureOnCall({ seconds }) {
  const resolver = await import('../../dist/oncall/rules/resolve.js');
  return [
    coldAnswers(resolver, seconds),
    preparedAnswers(resolver, seconds),
    ...[1, 2, 4].map((years) => shiftsOf(resolver, seconds, { years, age: 1 })),
    shiftsOf(resolver, seconds, { years: 1, age: 50 }),
  ];
}

function coldAnswers({ resolve }, seconds) {
  const schedule = threeLayers({ age: 1 });
  const value = perSecond(seconds, (instant) => resolve(schedule, instant));
  return { figure: `${what}: answers, cold`, unit: '/s', value, aim: { min: 5_000 } };
}

function preparedAnswers({ prepare }, seconds) {
  const prepared = prepare(threeLayers({ age: 1 }), { from, to: from + yearMs });
  const value = perSecond(seconds, (instant) => prepared.resolve(instant));
  return { figure: 'the same, prepared for a year', unit: '/s', value, aim: { min: 200_000 } };
}

/** Linear in the span, and no slower for a schedule that began long ago. */
function shiftsOf({ shifts }, seconds, { years, age }) {
  const schedule = threeLayers({ age });
  const details = timed(seconds, () => shifts(schedule, from, from + years * yearMs));
  const span = years === 1 ? 'a year' : `${years} years`;
  return {
    figure: `the same, shifts of ${span}, begun ${age === 1 ? 'a year' : `${age} years`} ago, p50`,
    unit: 'ms',
    value: details.p50Ms,
    aim: { max: shiftsOfYearMaxMs * years },
    details,
  };
}

const what = 'on call, 3 layers and 50 overrides';

/** Offices on weekdays, somebody else every night and on holidays, a supervisor behind them all. */
function threeLayers({ age }) {
  const startsOn = `${2027 - age}-01-04`;
  const usual = { interval: 1, peopleAtOnce: 1, skipClosedDays: false, startsOn };
  const daily = { ...usual, every: 'day', skipClosedDays: true };
  return {
    zone: 'America/New_York',
    layers: [
      {
        name: 'office',
        members: ['a', 'b', 'c', 'd'],
        turns: { ...usual, every: 'week', handOff: { time: '08:00', weekday: 1 } },
        windows: [{ weekdays: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' }],
        days: 'not_holidays',
      },
      {
        name: 'nights',
        members: ['e', 'f', 'g', 'h', 'i'],
        turns: { ...daily, handOff: { time: '18:00' } },
        windows: [{ weekdays: [1, 2, 3, 4], from: '18:00', to: '08:00' }],
      },
      {
        name: 'behind',
        members: ['j', 'k', 'l'],
        turns: { ...usual, every: 'month', handOff: { time: '08:00', day: 1 } },
      },
    ],
    fixed: [],
    holidays: ['01-01', '05-31', '07-05', '09-06', '11-25', '12-24', '12-25'].map((day) => ({
      date: `2027-${day}`,
      name: day,
    })),
    overrides: Array.from({ length: 50 }, (_, at) => ({
      id: `override-${at}`,
      kind: 'replace',
      from: from + at * 7 * dayMs,
      to: from + at * 7 * dayMs + dayMs,
      incoming: 'z',
      outgoing: 'abcdefghijkl'[at % 12],
      swapId: null,
    })),
  };
}

/** At moments all over the year, none of them twice. The first ones only warm up. */
function perSecond(seconds, answer) {
  for (let at = 0; at < warmUpAnswers; at += 1) answer(from + at * 977_777);
  const began = performance.now();
  let answers = 0;
  let elapsedMs = 0;
  while (elapsedMs < seconds * 1_000) {
    for (let at = 0; at < answersAtOnce; at += 1) {
      answer(from + ((answers * 7_919_333) % yearMs));
      answers += 1;
    }
    elapsedMs = performance.now() - began;
  }
  return round((answers / elapsedMs) * 1_000);
}

function timed(seconds, work) {
  const began = performance.now();
  const times = [];
  while (times.length < 3 || performance.now() - began < seconds * 1_000) {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  }
  return summarize(times);
}
