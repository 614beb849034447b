import { z } from 'zod';
import type { Rejection } from '../../platform/http/rejection.js';
import type { FormFields } from '../layout/form-body.js';
import { Line } from './form-fields.js';
import { stretchText } from './times.js';

const reason = z.string().min(3).max(500).optional();

/** Fields by which a supervisor takes something upon themselves. */
export const acceptanceFields = { gapReason: reason, fatigueReason: reason };

export interface Accepted {
  gapReason: string | null;
  fatigueReason: string | null;
}

/** What has to be accepted with a reason before something can be done; null: nothing. */
export interface Needs {
  gap: string | null;
  fatigue: string | null;
}

export const nothingNeeded: Needs = { gap: null, fatigue: null };

const Gaps = z.object({ gaps: z.array(z.object({ from: z.string(), to: z.string() })) });

/** Null: this is refused whatever anybody accepts. */
export function needOf(refused: Rejection, zone: string): Partial<Needs> | null {
  const { code, detail, extra } = refused;
  if (code === 'fatigue') return { fatigue: detail };
  if (code === 'credential_expires') return { gap: detail };
  if (code !== 'gap_not_accepted') return null;
  const gaps = Gaps.safeParse(extra).data?.gaps ?? [];
  const said = gaps.slice(0, gapsSaid).map(({ from, to }) => {
    return stretchText({ from: Date.parse(from), to: Date.parse(to) }, zone);
  });
  const more = gaps.length > gapsSaid ? `, and ${gaps.length - gapsSaid} more` : '';
  return { gap: `It leaves nobody on call: ${said.join('; ')}${more}.` };
}

const gapsSaid = 5;

interface AcceptanceProps {
  needs: Needs;
  fields: FormFields;
  isSupervisor: boolean;
}

/** What is missing, and for a supervisor where to take it upon themselves. */
export function Acceptance({ needs: { gap, fatigue }, fields, isSupervisor }: AcceptanceProps) {
  if (gap === null && fatigue === null) return null;
  return (
    <div class="alert stack">
      {gap && <p>{gap}</p>}
      {gap && isSupervisor && (
        <Line fields={fields} name="gapReason" label="I accept this gap, because" required />
      )}
      {fatigue && <p>{fatigue}</p>}
      {fatigue && isSupervisor && (
        <Line fields={fields} name="fatigueReason" label="I accept these hours, because" required />
      )}
      {!isSupervisor && <p>Only a supervisor can accept this, by name and with a reason.</p>}
    </div>
  );
}
