import { Injectable } from '@nestjs/common';
import { ProgramCoverage } from '../../oncall/coverage/program-coverage.service.js';
import type { GapReason } from '../../oncall/rules/coverage.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import type { Program } from '../../programs/programs.service.js';
import type { Finding } from './doctor.service.js';

const days = 30;
const gapsMax = 5;

const reasons: Readonly<Record<GapReason, string>> = {
  nobody_scheduled: 'nobody is on call',
  nobody_eligible: 'nobody on call may take cases',
  nobody_reachable: 'nobody on call can be reached',
};

/** What the doctor says of the 30 days ahead; a step that reaches nobody now it says itself. */
@Injectable()
export class CoverageFindings {
  constructor(private readonly coverage: ProgramCoverage) {}

  async of(tx: Tx, { id, key }: Program): Promise<Finding[]> {
    const from = tx.now.getTime();
    const span = { from, to: from + days * 86_400_000 };
    const { coverage, schedules } = await this.coverage.of(tx, id, span);
    const open = coverage.schedules.flatMap((one) =>
      one.used
        ? one.gaps
            .filter(({ accepted }) => accepted === null)
            .map((gap) => ({ ...gap, id: one.id }))
        : [],
    );
    const findings = open.slice(0, gapsMax).map((gap): Finding => {
      const row = schedules.get(gap.id);
      const at = new Intl.DateTimeFormat('en-US', {
        timeZone: row?.body.zone ?? 'UTC',
        dateStyle: 'medium',
        timeStyle: 'short',
      });
      const when = `from ${at.format(gap.from)} to ${at.format(gap.to)}`;
      const text = `Program ${key}, schedule ${row?.key}: ${reasons[gap.why]} ${when}.`;
      return { level: 'warn', text };
    });
    const warn = (text: string): unknown => findings.push({ level: 'warn', text });
    if (open.length > gapsMax) {
      warn(`Program ${key} has ${open.length - gapsMax} more gaps in ${days} days.`);
    }
    const { thin } = coverage.minutes;
    if (thin > 0) {
      warn(
        `Program ${key} has fewer than two people for ${thin} minutes of the next ${days} days.`,
      );
    }
    return findings;
  }
}
