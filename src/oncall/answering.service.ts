import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/db/unit-of-work.js';
import { Members } from '../staff/profiles/members.service.js';
import { OnCall } from './on-call.service.js';
import type { Choosing } from './rules/answering/audience.js';
import { type AnsweringFacts, choosePeople } from './rules/answering/choose-people.js';
import type { Interval } from './rules/schedule.js';
import type { SessionHours } from './rules/answering/session-hours.js';

interface FactsAsked {
  programId: string;
  /** Left out or null: nobody known. */
  participantId?: string | null;
  /** Of the program. */
  zone: string;
  sessionHours?: readonly SessionHours[] | undefined;
  /** For which people are chosen: their schedules are looked up, and genders if one prefers any. */
  steps: readonly Choosing[];
  /** Within which people are chosen; only this very moment by default. */
  span?: Interval;
}

/** What is known of a program for `choosePeople`, which says who answers. */
@Injectable()
export class Answering {
  constructor(
    private readonly onCall: OnCall,
    private readonly members: Members,
  ) {}

  /** Good for any instant of the span, as things stand in this transaction. */
  async facts(tx: Tx, asked: FactsAsked): Promise<AnsweringFacts> {
    const { programId, participantId = null, zone, sessionHours = [], steps } = asked;
    const withGender = steps.some(({ prefer }) => prefer?.includes('gender'));
    const now = tx.now.getTime();
    const span = asked.span ?? { from: now, to: now + 1 };
    const [onCall, members] = await Promise.all([
      this.onCall.prepare(tx, programId, { keys: schedulesOf(steps), span }),
      this.members.of(tx, { programId, participantId }, withGender),
    ]);
    return { zone, sessionHours, members, onCall };
  }

  /** Whether a step misses people at that instant, whatever the need and the participant. */
  reachesNobody(step: Choosing, facts: AnsweringFacts, at: Date): boolean {
    const { people, applies } = choosePeople(step, facts, { needs: [] }, at);
    return applies && people.length === 0;
  }
}

function schedulesOf(steps: readonly Choosing[]): string[] {
  const keys = steps
    .flatMap(({ audiences }) => audiences)
    .flatMap((one) => (one !== 'backstop' && 'schedule' in one ? [one.schedule] : []));
  return [...new Set(keys)];
}
