import type { Evidence, EventEvidence } from './evidence.js';

/** A staff member was shown what is known of people. */
export interface RecordedRead {
  person: string;
  action: 'case.read' | 'cases.listed' | 'unverified_flags.listed';
  /** Null for a list. */
  caseId: string | null;
  /** What was committed when the answer had come: a snapshot as the database writes it. */
  seen: string;
}

const routes: [RegExp, RecordedRead['action']][] = [
  [/^(?:\/v1)?\/cases\/([\da-f-]{36})(?:\/timeline)?(?:\?|$)/, 'case.read'],
  [/^\/v1\/cases(?:\?|$)/, 'cases.listed'],
  [/^\/v1\/unverified-flags(?:\?|$)/, 'unverified_flags.listed'],
];

/** What staff were shown in this run, each noted as soon as it was. */
export class Reads {
  readonly all: RecordedRead[] = [];

  constructor(private readonly snapshot: () => Promise<string>) {}

  /** Nothing for whatever shows nobody's data. */
  async note(person: string | null, path: string, status: number): Promise<void> {
    if (person === null || status !== 200) return;
    for (const [route, action] of routes) {
      const match = route.exec(path);
      if (!match) continue;
      this.all.push({ person, action, caseId: match[1] ?? null, seen: await this.snapshot() });
    }
  }
}

/** I21: whoever was shown a person's data stands in the record, and stood there before. */
export function readsRecorded({ reads, events, staffIds }: Evidence): string[] {
  const named = (read: RecordedRead): string =>
    `${read.action} of ${read.caseId ?? 'a list'} by ${read.person}`;
  return [...new Set(reads.map(named))].flatMap((name) => {
    const same = reads.filter((read) => named(read) === name);
    const records = events.filter((event) => isRecordOf(event, same[0]!, staffIds));
    const known = same.map(({ seen }) => records.filter(committedIn(seen)).length);
    // As many reads as there were at any moment, so many records.
    const missing = known.toSorted((one, other) => one - other).some((n, at) => n <= at);
    return missing ? [`I21 ${name} was answered before it was recorded`] : [];
  });
}

function isRecordOf(
  { action, actorId, subjectRef }: EventEvidence,
  read: RecordedRead,
  staffIds: Evidence['staffIds'],
): boolean {
  if (action !== read.action || actorId !== staffIds.get(read.person)) return false;
  return subjectRef === (read.caseId === null ? null : `case:${read.caseId}`);
}

/** `100:104:100,102`: all below 100 are committed, of the others up to 104 the unnamed ones. */
function committedIn(snapshot: string): (event: EventEvidence) => boolean {
  const [, end, running = ''] = snapshot.split(':');
  const pending = new Set(running.split(','));
  return ({ xid }) => Number(xid) < Number(end) && !pending.has(xid);
}
