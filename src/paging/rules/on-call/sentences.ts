import {
  isNews,
  isWarning,
  newsWords,
  type OnCallContent,
  openCasesWords,
  type ShiftContent,
  stageWords,
  type WarningContent,
} from './content.js';
import { asksForAnswer } from './asks.js';
import { spokenTime, zoneWords } from './times.js';

/** The same as the text in whole sentences, to be said in a call or shown on a page. */
export function onCallSentences(content: OnCallContent): string {
  const { zone } = content;
  const until = `${spokenTime(zone, content.to)}, ${zoneWords(zone)}`;
  const between = `from ${spokenTime(zone, content.from)}, until ${until}`;
  if (isNews(content)) {
    const news = newsWords[content.reason];
    return `${news[0]?.toUpperCase()}${news.slice(1)}: ${content.schedule}, ${between}.`;
  }
  return isWarning(content) ? ofWarning(content, between) : ofShift(content, between, until);
}

function ofShift(content: ShiftContent, between: string, until: string): string {
  const { schedule } = content;
  switch (content.reason) {
    case 'check_in':
      return `Check-in for ${schedule}. You are on call until ${until}.`;
    case 'stand_in':
      return `A check-in for ${schedule} was missed. Please stand in until ${until}.`;
    case 'stood_in_for':
      return `Your check-in for ${schedule} was missed. Somebody else is on call until ${until}.`;
    case 'going_on':
      return `You are on call for ${schedule} ${between}.`;
    case 'going_off': {
      const cases = openCasesWords(content.openCases);
      return `Your shift for ${schedule} is over: ${until}. ${cases}.`;
    }
  }
}

function ofWarning(content: WarningContent, between: string): string {
  const { schedule } = content;
  switch (content.reason) {
    case 'check_in_missed': {
      const backup = content.standIn ? 'The backup is asked.' : 'No backup was found.';
      return `This is an alarm. A check-in for ${schedule} was missed. ${backup}`;
    }
    case 'coverage_gap': {
      const when = stageWords[content.stage];
      return `This is an alarm. Nobody is on call for ${schedule} ${when}: ${between}.`;
    }
    case 'coverage_thin':
      return `Fewer than two people can answer for ${schedule} ${between}.`;
  }
}

/** What a ringing page about time on call says. */
export function onCallSpeech(content: OnCallContent): string {
  return `On-call page. ${onCallSentences(content)} ${keysOf(content)} To hear this again press 9.`;
}

function keysOf({ reason }: OnCallContent): string {
  if (!asksForAnswer(reason)) return 'Please sign in to see more.';
  const isCheckIn = reason === 'check_in' || reason === 'stand_in';
  return isCheckIn
    ? 'To answer press 1. If you cannot, press 2.'
    : 'To take it press 1. To pass press 2.';
}
