import type { Need } from '../../programs/rules/needs.js';
import { readHours, readYesNo } from './lenient.js';
import { higherAcuity, type Acuity, type Policy } from './policy.js';
import { readScreener, type Screener, type ScreenerFinding } from './screener.js';

/** What a flag says about danger; whatever cannot be read counts as unknown, never as harmless. */
export interface FlagSignals {
  stated?: Acuity | undefined;
  need?: Need | undefined;
  danger?: { meansAtHand?: unknown; within?: unknown } | undefined;
  screener?: Screener | undefined;
  /** The person says that they hurt themselves, or are about to. */
  selfHarmNow?: boolean | undefined;
  minor?: boolean | undefined;
  repeatWithin24h?: boolean | undefined;
  source?: string | undefined;
  thirdPartyReportsAttempt?: boolean | undefined;
  /** Not all of it arrived, or could be read. */
  isIncomplete?: boolean | undefined;
}

export interface Assessment {
  acuity: Acuity;
  /** Stable words, one for each rule that applies. */
  reasons: string[];
}

/** A flag after its lenient parts were read. */
interface Reading {
  signals: FlagSignals;
  findings: ScreenerFinding[];
  meansAtHand: boolean | null;
  /** Whether a time was named, be it readable or not. */
  timeframe: 'now' | 'within_48_hours' | 'other' | null;
  lowCounts: boolean;
}

type Rule = readonly [reason: string, minimum: Acuity, applies: (reading: Reading) => boolean];

const rules: readonly Rule[] = [
  ['self_harm_now', 'EMERGENT', ({ signals }) => signals.selfHarmNow === true],
  ['attempt_reported', 'EMERGENT', ({ signals }) => signals.thirdPartyReportsAttempt === true],
  ['means_at_hand', 'EMERGENT', ({ meansAtHand }) => meansAtHand === true],
  ['about_to', 'EMERGENT', ({ timeframe }) => timeframe === 'now'],
  [
    'high_risk_soon',
    'EMERGENT',
    ({ findings, timeframe }) => findings.includes('cssrs_high') && timeframe === 'within_48_hours',
  ],
  ['stated_emergent', 'EMERGENT', ({ signals }) => signals.stated === 'EMERGENT'],
  ['stated_urgent', 'URGENT', ({ signals }) => signals.stated === 'URGENT'],
  [
    'danger_stated',
    'URGENT',
    ({ timeframe, meansAtHand }) => timeframe !== null || meansAtHand === null,
  ],
  ['need_crisis', 'URGENT', ({ signals }) => signals.need === 'crisis'],
  ['repeated', 'URGENT', ({ signals }) => signals.repeatWithin24h === true],
  ['minor', 'URGENT', ({ signals, findings }) => signals.minor === true && findings.length > 0],
  ['cssrs_high', 'URGENT', ({ findings }) => findings.includes('cssrs_high')],
  ['phq9_item9_daily', 'URGENT', ({ findings }) => findings.includes('phq9_item9_daily')],
  ['screener_unfinished', 'URGENT', ({ findings }) => findings.includes('screener_unfinished')],
  ['flag_incomplete', 'URGENT', ({ signals }) => signals.isIncomplete === true],
  ['cssrs_moderate', 'PRIORITY', ({ findings }) => findings.includes('cssrs_moderate')],
  ['phq9_item9_some_days', 'PRIORITY', ({ findings }) => findings.includes('phq9_item9_some_days')],
  ['checkin_missed', 'PRIORITY', ({ signals }) => signals.source === 'checkin_missed'],
  ['stated_priority', 'PRIORITY', (reading) => statesLow(reading, 'PRIORITY')],
  ['cssrs_low', 'ROUTINE', ({ findings }) => findings.includes('cssrs_low')],
  ['stated_routine', 'ROUTINE', (reading) => statesLow(reading, 'ROUTINE')],
];

/** The highest minimum of all rules that apply; a flag to which none applies is `URGENT`. */
export function assessAcuity(
  signals: FlagSignals,
  policy: Pick<Policy, 'lowAcuityNeeds'>,
): Assessment {
  const reading = read(signals, policy);
  const applied = rules.filter(([, , applies]) => applies(reading));
  if (applied.length === 0) return { acuity: 'URGENT', reasons: ['unknown'] };
  const acuity = applied.map(([, minimum]) => minimum).reduce(higherAcuity);
  return { acuity, reasons: applied.map(([reason]) => reason) };
}

function read(signals: FlagSignals, { lowAcuityNeeds }: Pick<Policy, 'lowAcuityNeeds'>): Reading {
  const { danger, need, screener } = signals;
  return {
    signals,
    findings: screener ? readScreener(screener) : [],
    meansAtHand: isGiven(danger?.meansAtHand) ? readYesNo(danger?.meansAtHand) : false,
    timeframe: isGiven(danger?.within) ? timeframeOf(danger?.within) : null,
    lowCounts: need !== undefined && lowAcuityNeeds.includes(need),
  };
}

function timeframeOf(within: unknown): Reading['timeframe'] {
  const hours = readHours(within);
  if (hours === null || hours > 48) return 'other';
  return hours < 1 ? 'now' : 'within_48_hours';
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function statesLow({ signals, lowCounts }: Reading, acuity: Acuity): boolean {
  return lowCounts && signals.stated === acuity;
}
