import type { StoredOverride } from '../../../oncall/overrides/overrides.service.js';
import type { FormFields } from '../../layout/form-body.js';
import { Acceptance, type Needs } from '../acceptances.js';
import { stretchText, whenText } from '../times.js';

/** An override that was to be taken back and was not, with why. */
export interface Refused {
  overrideId: string;
  message: string;
  needs: Needs;
  fields: FormFields;
}

interface OverrideListProps {
  rows: readonly StoredOverride[];
  now: Date;
  zone: string;
  program: string;
  scheduleId: string;
  names: ReadonlyMap<string, string>;
  csrf: string;
  mayEdit: boolean;
  isSupervisor: boolean;
  refused: Refused | null;
}

/** Those that are in force or will be. */
export function OverrideList(props: OverrideListProps) {
  const { rows } = props;
  if (rows.length === 0) return <p class="empty">None. Everybody is on call by their turns.</p>;
  return (
    <ul class="reach">
      {rows.map((row) => (
        <OverrideItem {...props} row={row} />
      ))}
    </ul>
  );
}

function OverrideItem(props: OverrideListProps & { row: StoredOverride }) {
  const { row, now, zone, names, mayEdit, program } = props;
  const { fromAt, toAt, reason, acceptedGapReason, swapId } = row;
  return (
    <li>
      <strong>{personsText(row, names)}</strong>
      <span>
        {stretchText({ from: fromAt.getTime(), to: toAt.getTime() }, zone)}{' '}
        {fromAt <= now && <span class="mark">In force now</span>}
      </span>
      <span class="soft">
        {madeText(row, names, zone)}: {reason}
      </span>
      {acceptedGapReason && <span class="soft">The gap was accepted: {acceptedGapReason}</span>}
      {swapId !== null && (
        <a href={`/on-call/swaps?program=${encodeURIComponent(program)}`}>It belongs to a swap</a>
      )}
      {mayEdit && swapId === null && <TakeBack {...props} />}
    </li>
  );
}

function personsText({ incoming, outgoing }: StoredOverride, names: ReadonlyMap<string, string>) {
  const name = (id: string) => names.get(id) ?? 'Somebody';
  if (outgoing === null) return `${name(incoming ?? '')} in addition`;
  if (incoming === null) return `${name(outgoing)} is off call`;
  return `${name(incoming)} instead of ${name(outgoing)}`;
}

const ways: Readonly<Record<StoredOverride['madeVia'], string>> = {
  staff: 'Made',
  file: 'Made by the file of the program',
  check_in: 'Made because nobody checked in',
  swap: 'Made by a swap',
};

function madeText(row: StoredOverride, names: ReadonlyMap<string, string>, zone: string): string {
  const { madeVia, madeBy, madeAt } = row;
  const by = madeBy === null ? '' : ` by ${names.get(madeBy) ?? 'somebody'}`;
  return `${ways[madeVia]}${by} ${whenText(madeAt.getTime(), zone)}`;
}

function TakeBack(props: OverrideListProps & { row: StoredOverride }) {
  const { row, now, names, csrf, program, scheduleId, isSupervisor, refused } = props;
  const isRefused = refused?.overrideId === row.id;
  const who = personsText(row, names);
  return (
    <form method="post" action={`/on-call/overrides/${row.id}/withdrawal`} class="stack">
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="program" value={program} />
      <input type="hidden" name="schedule" value={scheduleId} />
      {isRefused && (
        <Acceptance needs={refused.needs} fields={refused.fields} isSupervisor={isSupervisor} />
      )}
      <div class="buttons">
        <button class="quiet">
          {row.fromAt > now ? 'Undo' : 'End now'}
          <span class="unseen">: {who}</span>
        </button>
      </div>
    </form>
  );
}
