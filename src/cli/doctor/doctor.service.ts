import { Injectable } from '@nestjs/common';
import type { Policy } from '../../cases/rules/policy.js';
import type { Config } from '../../config.js';
import { Answering } from '../../oncall/answering.service.js';
import { SchemaVersion } from '../../platform/db/schema/schema-version.js';
import { type Tx, UnitOfWork } from '../../platform/db/unit-of-work.js';
import { type Program, Programs } from '../../programs/programs.service.js';
import { Resources } from '../../resources/resources.service.js';
import { Profiles } from '../../staff/profiles/profiles.service.js';

import { CoverageFindings } from './coverage-findings.service.js';

const credentialDaysMax = 60;

export interface Finding {
  level: 'ok' | 'warn' | 'fail';
  text: string;
}

/** Looks at everything that would leave somebody unanswered, before somebody is. */
@Injectable()
export class Doctor {
  constructor(
    private readonly schema: SchemaVersion,
    private readonly unitOfWork: UnitOfWork,
    private readonly programs: Programs,
    private readonly answering: Answering,
    private readonly profiles: Profiles,
    private readonly coverage: CoverageFindings,
    private readonly resources: Resources,
  ) {}

  async examine(config: Config): Promise<Finding[]> {
    const findings = [...this.environment(config), ...(await this.database())];
    const programs = await this.programs.list();
    if (programs.length === 0) findings.push({ level: 'warn', text: 'There is no program yet.' });
    for (const program of programs) findings.push(...(await this.program(program)));
    const countries = [...new Set(programs.map(({ country }) => country))];
    const now = await this.unitOfWork.run((tx) => Promise.resolve(tx.now));
    return [...findings, ...directoryFindings(this.resources, countries, now)];
  }

  private environment(config: Config): Finding[] {
    const findings: Finding[] = [{ level: 'ok', text: `Configuration (${config.mode}) is valid.` }];
    const warn = (text: string): unknown => findings.push({ level: 'warn', text });
    if (config.heartbeatUrl === null) {
      warn('HEARTBEAT_URL is not set: nobody outside notices when the whole service stops.');
    }
    if (config.telephony.fromNumbers.length < 2) {
      warn('Only one sender number: a blocked sender stops every page.');
    }
    if (config.metrics.token === null) warn('METRICS_TOKEN is not set: nobody can read metrics.');
    return findings;
  }

  private async database(): Promise<Finding[]> {
    const pending = await this.schema.pending();
    const schema: Finding = pending.length
      ? { level: 'fail', text: `Migrations are pending: ${pending.join(', ')}.` }
      : { level: 'ok', text: 'The database answers and its schema is current.' };
    const [rights] = await this.unitOfWork.reader.query<[{ mayChange: boolean }]>(
      `select has_table_privilege('audit.audit_events', 'update')
           or has_table_privilege('audit.audit_events', 'delete') as "mayChange"`,
    );
    const audit: Finding = rights.mayChange
      ? { level: 'fail', text: 'The service may change audit events: use the role handrail_app.' }
      : { level: 'ok', text: 'The service cannot change audit events.' };
    return [schema, audit];
  }

  private program(program: Program): Promise<Finding[]> {
    return this.unitOfWork.run(async (tx) => {
      const name = `Program ${program.key}`;
      const findings: Finding[] = [];
      if (program.liveAt === null) {
        findings.push({ level: 'warn', text: `${name} has not passed its go-live gate.` });
      }
      findings.push(...(await this.steps(tx, program)), ...(await this.credentials(tx, program)));
      findings.push(...(await this.coverage.of(tx, program)));
      if (findings.every(({ level }) => level !== 'fail')) {
        findings.push({ level: 'ok', text: `${name}: every step reaches somebody right now.` });
      }
      return findings;
    });
  }

  private async steps(tx: Tx, { id, key, zone }: Program): Promise<Finding[]> {
    const { body } = await this.programs.policyInForce(tx, id);
    const { acuities, sessionHours } = body as Policy;
    const backstop = { what: '', audiences: ['backstop' as const] };
    const named = Object.entries(acuities).flatMap(([acuity, { steps }]) =>
      steps.map((step, at) => ({ ...step, what: `, ${acuity} step ${at + 1}` })),
    );
    const steps = [backstop, ...named];
    const facts = await this.answering.facts(tx, { programId: id, zone, sessionHours, steps });
    return steps.flatMap((step): Finding[] => {
      if (!this.answering.reachesNobody(step, facts, tx.now)) return [];
      const text =
        step === backstop
          ? `Program ${key} has no reachable backstop.`
          : `Program ${key}${step.what} reaches nobody right now.`;
      return [{ level: 'fail', text }];
    });
  }

  /** Two months ahead, so that there is time to renew them. */
  private async credentials(tx: Tx, program: Program): Promise<Finding[]> {
    const ending = await this.profiles.ending(tx, program, credentialDaysMax);
    return ending.map(({ staffKey, kind, expires, daysLeft, noneValid }) => {
      const whose = `Program ${program.key}: the ${kind} of ${staffKey}`;
      if (daysLeft >= 0) {
        const days = [7, 30, credentialDaysMax].find((most) => daysLeft <= most);
        return { level: 'warn', text: `${whose} expires on ${expires}, within ${days} days.` };
      }
      const text = `${whose} expired on ${expires}`;
      if (!noneValid) return { level: 'warn', text: `${text}.` };
      return { level: 'fail', text: `${text}; none of theirs is valid, so they are not paged.` };
    });
  }
}

/** What of these countries two people have not approved yet, and which reviews are overdue. */
export function directoryFindings(
  resources: Resources,
  countries: readonly string[],
  now: Date,
): Finding[] {
  const texts = [
    ...resources.missingForProduction(countries),
    ...resources.overdue(now).map((id) => `${id}: its review is overdue, it is shown below others`),
  ];
  return texts.map((text) => ({ level: 'warn', text: `Resources: ${text}` }));
}
