import { septets, toGsm7 } from '../../../platform/telephony/rules/gsm7.js';
import {
  isNews,
  isWarning,
  type NewsContent,
  newsWords,
  type OnCallContent,
  openCasesWords,
  type ShiftContent,
  stageWords,
  type WarningContent,
} from './content.js';
import { asksForAnswer } from './asks.js';
import { briefTime, zoneWords } from './times.js';

const segmentSeptets = 160;
/** A name is not cut shorter than this while there are fewer words to say. */
const nameLengthMin = 12;
const briefNameLengthMin = 4;

interface Reply {
  code: string;
  link: string;
}

/**
 * One GSM-7 segment: the fullest words that fit beside the link, else the fullest without it. The
 * name of a schedule is written in plain letters and shortened to what is left.
 */
export function onCallText(content: OnCallContent, { code, link }: Reply): string {
  const name = plainName(content.schedule);
  const words = (ending: string) =>
    situations(content).flatMap((say, at, { length }) => {
      const text = (short: string) => `ONCALL ${say(short)}. ${ending}`.trim();
      return fitted(name, text, at < length - 1 ? nameLengthMin : briefNameLengthMin) ?? [];
    });
  const ask = askOf(content, code);
  const [best] = [...words(`${ask} ${link}`.trim()), ...words(ask)];
  if (best === undefined) throw new Error(`A text about ${content.reason} fits no segment.`);
  return best;
}

/** A name as every phone shows it, in letters that keep a text in one segment. */
export function plainName(name: string): string {
  return toGsm7(name).replace(/\s+/g, ' ').trim() || 'schedule';
}

/** Null when it does not fit even with the name cut short. */
function fitted(name: string, say: (name: string) => string, lengthMin: number): string | null {
  for (let { length } = name; length >= Math.min(lengthMin, name.length); length -= 1) {
    const text = say(name.slice(0, length).trim());
    if ((septets(text) ?? Infinity) <= segmentSeptets) return text;
  }
  return null;
}

function askOf(content: OnCallContent, code: string): string {
  if (!asksForAnswer(content.reason)) return '';
  const isCheckIn = content.reason === 'check_in' || content.reason === 'stand_in';
  return isCheckIn
    ? `Reply ${code}, or ${code} N if you cannot.`
    : `Reply ${code} to take, ${code} N to pass.`;
}

type Say = (name: string) => string;

/** The fullest first, the shortest last. */
function situations(content: OnCallContent): Say[] {
  const { zone } = content;
  const times = {
    from: briefTime(zone, content.from),
    until: briefTime(zone, content.to),
    place: zoneWords(zone),
  };
  if (isNews(content)) return ofNews(content, times);
  return isWarning(content) ? ofWarning(content, times) : ofShift(content, times);
}

interface Times {
  from: string;
  until: string;
  place: string;
}

function ofShift(content: ShiftContent, { from, until, place }: Times): Say[] {
  switch (content.reason) {
    case 'check_in':
      return [
        (name) => `check-in, ${name}: you are on call until ${until} ${place}`,
        (name) => `check-in, ${name}, on call until ${until}`,
        (name) => `check-in ${name}`,
      ];
    case 'stand_in':
      return [
        (name) => `a check-in was missed, please stand in: ${name} until ${until} ${place}`,
        (name) => `please stand in, ${name} until ${until}`,
        (name) => `please stand in: ${name}`,
      ];
    case 'stood_in_for':
      return [
        (name) => `your check-in was missed: somebody else is on call for ${name} until ${until}`,
        (name) => `check-in missed, another has it: ${name}`,
      ];
    case 'going_on':
      return [
        (name) => `you are on call for ${name} from ${from} until ${until} ${place}`,
        (name) => `you are on call from ${from} ${place}: ${name}`,
        (name) => `on call ${from} ${place}: ${name}`,
      ];
    case 'going_off': {
      const cases = openCasesWords(content.openCases);
      return [
        (name) => `your shift for ${name} is over: ${until} ${place}. ${cases}`,
        (name) => `shift over ${until} ${place}, ${name}. ${cases}`,
        (name) => `shift over: ${name}. ${cases}`,
      ];
    }
  }
}

function ofWarning(content: WarningContent, { from, until, place }: Times): Say[] {
  switch (content.reason) {
    case 'check_in_missed': {
      const backup = content.standIn ? 'The backup is asked' : 'No backup was found';
      return [
        (name) => `ALARM check-in missed: ${name}, until ${until} ${place}. ${backup}`,
        (name) => `ALARM check-in missed: ${name}. ${backup}`,
        (name) => `ALARM no check-in: ${name}`,
      ];
    }
    case 'coverage_gap': {
      const when = stageWords[content.stage];
      return [
        (name) => `ALARM nobody on call ${when}: ${name}, ${from} to ${until} ${place}`,
        (name) => `ALARM gap ${when}, ${from} ${place}: ${name}`,
        (name) => `ALARM gap ${when}, ${from}: ${name}`,
        (name) => `ALARM gap ${when}: ${name}`,
        (name) => `ALARM gap: ${name}`,
      ];
    }
    case 'coverage_thin':
      return [
        (name) => `fewer than two people can answer: ${name}, ${from} to ${until} ${place}`,
        (name) => `fewer than two can answer ${from}: ${name}`,
        (name) => `fewer than two can answer: ${name}`,
      ];
  }
}

function ofNews({ reason }: NewsContent, { from, until, place }: Times): Say[] {
  return [
    (name) => `${newsWords[reason]}: ${name}, ${from} to ${until} ${place}`,
    (name) => `${newsWords[reason]}: ${name}, ${from}`,
    (name) => `${newsWords[reason]}: ${name}`,
  ];
}
