import type {
  GapStage,
  NewsReason,
  OnCallContent,
} from '../../../src/paging/rules/on-call/content.js';

const newsReasons: NewsReason[] = [
  'override_made',
  'override_withdrawn',
  'override_ended',
  'swap_requested',
  'swap_accepted',
  'swap_declined',
  'swap_withdrawn',
  'swap_expired',
  'swap_reconfirm',
  'swap_undone',
];
const stages: GapStage[] = ['7 days', '24 hours', '1 hour', 'now'];
const telling = ['stood_in_for', 'going_on', 'coverage_thin'] as const;

/** One of each that there is, about one night of a schedule. */
export function everyContent(
  schedule: string,
  zone = 'America/New_York',
): [name: string, content: OnCallContent][] {
  const night = {
    schedule,
    zone,
    from: '2026-11-28T01:00:00.000Z',
    to: '2026-11-28T13:00:00.000Z',
  };
  const all: OnCallContent[] = [
    ...(['check_in', 'stand_in', ...telling, ...newsReasons] as const).map((reason) => ({
      ...night,
      reason,
    })),
    ...[0, 1, 12].map((openCases) => ({ ...night, reason: 'going_off' as const, openCases })),
    ...[true, false].map((standIn) => ({ ...night, reason: 'check_in_missed' as const, standIn })),
    ...stages.map((stage) => ({ ...night, reason: 'coverage_gap' as const, stage })),
  ];
  return all.map((content, at) => [`${content.reason} (${at})`, content]);
}
