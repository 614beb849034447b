import { AuditEventsStore } from '../../../src/audit/audit-events.store.js';
import { AuditVerification } from '../../../src/audit/audit-verification.service.js';
import type { UnitOfWork } from '../../../src/platform/db/unit-of-work.js';
import type { Evidence, EventEvidence } from './evidence.js';

/** I19: every stream counts 1, 2, 3 and its chain holds. */
export async function intact({ storedEvents }: Evidence): Promise<string[]> {
  const store = new (class extends AuditEventsStore {
    override page(
      _db: unknown,
      after: { stream: string; seq: number },
      limit: number,
    ): ReturnType<AuditEventsStore['page']> {
      const from = storedEvents.findLastIndex(
        ({ stream, seq }) => stream === after.stream && seq === after.seq,
      );
      return Promise.resolve(storedEvents.slice(from + 1, from + 1 + limit));
    }
  })();
  const verification = new AuditVerification({ reader: null } as unknown as UnitOfWork, store);
  const { ok, firstBroken } = await verification.verifyDatabase();
  if (ok) return [];
  return [`I19 ${firstBroken?.stream} is broken at ${firstBroken?.seq}: ${firstBroken?.why}`];
}

/** I19: every change has its one event. */
export function recorded({ pages, attempts, acks, alarms, declines, events }: Evidence): string[] {
  const refs = (action: string): (string | null)[] =>
    events.filter((event) => event.action === action).map(({ subjectRef }) => subjectRef);
  const bodies = (action: string, field: string): unknown[] =>
    events.filter((event) => event.action === action).map(({ body }) => body[field]);
  const withdrawn = pages.filter(({ state }) => state === 'withdrawn');
  const co = acks.filter(({ kind }) => kind === 'co');
  return [
    ...differences('page', ids(pages), refs('page.queued')),
    ...differences('withdrawn page', ids(withdrawn), refs('page.withdrawn')),
    ...differences('attempt', ids(attempts), bodies('attempt.started', 'attemptId')),
    ...differences('alarm', ids(alarms), bodies('alarm.opened', 'alarmId')),
    ...differences(
      'taken alarm',
      ids(alarms.filter(({ takenAt }) => takenAt)),
      bodies('alarm.taken', 'alarmId'),
    ),
    ...differences(
      'withdrawn alarm',
      ids(alarms.filter(({ withdrawnAt }) => withdrawnAt)),
      bodies('alarm.withdrawn', 'alarmId'),
    ),
    ...counts('co-acknowledgement', co.length, refs('case.co_acknowledged').length),
    ...counts('decline', declines, countDeclines(events)),
  ];
}

const ids = (rows: { id: string }[]): string[] => rows.map(({ id }) => id);

function differences(what: string, rows: unknown[], events: unknown[]): string[] {
  const [inRows, inEvents] = [new Set(rows), new Set(events)];
  const unrecorded = rows.filter((id) => !inEvents.has(id));
  const invented = events.filter((id) => !inRows.has(id));
  const twice = events.filter((id, at) => events.indexOf(id) !== at);
  return [
    ...unrecorded.map((id) => `I19 ${what} ${String(id)} is not in the record`),
    ...invented.map((id) => `I19 ${what} ${String(id)} is only in the record`),
    ...twice.map((id) => `I19 ${what} ${String(id)} is recorded twice`),
  ];
}

function counts(what: string, rows: number, events: number): string[] {
  return rows === events ? [] : [`I19 there are ${rows} ${what}s and ${events} events of one`];
}

function countDeclines(events: EventEvidence[]): number {
  return events.filter(({ action }) => action === 'case.declined').length;
}
