import { describe, expect, it } from '@jest/globals';
import { render } from 'preact-render-to-string';
import { OpenAlarms } from '../../../src/web/supervise/alarms.view.js';

type Alarm = Parameters<typeof OpenAlarms>[0]['alarms'][number];

const now = new Date('2027-01-05T12:00:00Z');
const anAlarm: Alarm = {
  id: 'an-alarm',
  kind: 'exhausted',
  openedAt: new Date('2027-01-05T11:55:00Z'),
  repeats: 2,
  caseId: 'a-case',
  ref: 'K7Q2',
  schedule: null,
  zone: null,
  from: null,
  to: null,
};
const shown = (alarm: Alarm): string =>
  render(<OpenAlarms alarms={[alarm]} now={now} />)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

describe('an open alarm on the board', () => {
  it('about a case leads there', () => {
    const html = render(<OpenAlarms alarms={[anAlarm]} now={now} />);

    expect(html).toContain('href="/cases/a-case"');
    expect(shown(anAlarm)).toBe('Exhausted Case K7Q2 Open for 5:00, repeated 2 times.');
  });

  it('about a gap says on which schedule and when, on the clocks there', () => {
    const alarm = {
      ...anAlarm,
      kind: 'coverage_gap',
      repeats: 1,
      caseId: null,
      ref: null,
      schedule: 'Night line',
      zone: 'America/New_York',
      from: '2027-01-12T01:00:00.000Z',
      to: '2027-01-12T13:00:00.000Z',
    };

    expect(shown(alarm)).toBe(
      'Nobody on call Night line, Jan 11, 8:00:00 PM EST to Jan 12, 8:00:00 AM EST. ' +
        'Open for 5:00, repeated 1 time.',
    );
  });
});
