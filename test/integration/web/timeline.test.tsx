import { describe, expect, it } from '@jest/globals';
import { renderToString } from 'preact-render-to-string';
import type { TimelineEvent } from '../../../src/cases/case-timeline.service.js';
import { Timeline } from '../../../src/web/casework/record.view.js';

const textOf = (details: TimelineEvent['details']): string => {
  const event: TimelineEvent = {
    seq: 1,
    at: '2026-03-11T23:30:00.000Z',
    action: 'case.step_paged',
    actor: { type: 'system', id: null, name: null },
    staff: null,
    details,
  };
  const html = renderToString(<Timeline events={[event]} zone="America/New_York" />);
  return html.replaceAll(/<[^>]*>/g, ' ');
};

describe('the timeline of a case', () => {
  it('says in words what nobody could be found with', () => {
    const text = textOf({ reason: 'step_timed_out', preferencesDropped: ['gender', 'language'] });
    expect(text).toContain(
      'step timed out, nobody could be found with the gender they prefer, or their language',
    );
  });

  it('says that somebody was left out whose credentials have expired, and not who', () => {
    const text = textOf({ reason: 'nobody_reachable', credentialsExpired: ['an-id'] });
    expect(text).toContain('somebody was left out whose credentials have expired');
    expect(text).not.toContain('an-id');
  });

  it('says nothing of either otherwise', () => {
    expect(textOf({ reason: 'opened' })).toMatch(/· opened\s*$/);
  });
});
