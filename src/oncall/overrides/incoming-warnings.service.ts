import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Rejection } from '../../platform/http/rejection.js';
import { Staff } from '../../staff/staff.service.js';
import { BusyTimes } from '../calendars/busy/busy-times.service.js';
import { saidStretch, type Warning } from '../effects/warnings.js';
import { localTime } from '../rules/time/wall-clock.js';
import type { StoredSchedule } from '../schedules/schedules.service.js';
import type { OverrideRow } from './override.row.js';

interface Known {
  names: ReadonlyMap<string, string>;
  accepted: { gapReason: string | null };
}

/** What stands against those whom overrides put on call. */
@Injectable()
export class IncomingWarnings {
  constructor(
    private readonly staff: Staff,
    private readonly busy: BusyTimes,
  ) {}

  /** 422 for a credential that expires, before it begins or without a supervisor's acceptance. */
  async look(
    tx: Tx,
    schedule: StoredSchedule,
    made: readonly OverrideRow[],
    known: Known,
  ): Promise<Warning[]> {
    return [
      ...(await this.expiring(tx, schedule, made, known)),
      ...(await this.busyThen(tx, schedule, made, known)),
    ];
  }

  /** Pages pass over whoever has no valid credential: from then on it would be a gap. */
  private async expiring(
    tx: Tx,
    { programId, body: { zone } }: StoredSchedule,
    made: readonly OverrideRow[],
    { names, accepted }: Known,
  ): Promise<Warning[]> {
    const expiries = await this.staff.expiries(tx, incomingOf(made), programId);
    return made.flatMap(({ incoming, fromAt, toAt }) => {
      const at = incoming && expiries.get(incoming);
      if (!at || at >= toAt) return [];
      const last = localTime(zone, at.getTime()).toString({ smallestUnit: 'minute' });
      const detail = `The credentials of ${names.get(incoming)} expire at ${last} (${zone}).`;
      const code = at <= fromAt ? 'credential_expired' : 'credential_expires';
      if (code === 'credential_expires' && accepted.gapReason !== null) return [{ code, detail }];
      throw new Rejection('unprocessable', detail, code, { expiresAt: at.toISOString() });
    });
  }

  private async busyThen(
    tx: Tx,
    { body: { zone } }: StoredSchedule,
    made: readonly OverrideRow[],
    { names }: Known,
  ): Promise<Warning[]> {
    const warnings: Warning[] = [];
    for (const { incoming, fromAt, toAt } of made) {
      if (incoming === null) continue;
      const span = { from: fromAt.getTime(), to: toAt.getTime() };
      const [first] = (await this.busy.of(tx, [incoming], span)).get(incoming) ?? [];
      if (first === undefined) continue;
      const detail = `${names.get(incoming)} has something else: ${saidStretch(zone, first)}.`;
      warnings.push({ code: 'busy', detail });
    }
    return warnings;
  }
}

const incomingOf = (made: readonly OverrideRow[]): string[] =>
  made.flatMap(({ incoming }) => incoming ?? []);
