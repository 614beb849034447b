import { Injectable } from '@nestjs/common';
import type { Audience, Policy } from '../cases/rules/policy.js';
import type { Config } from '../config.js';
import { OnCall } from '../oncall/on-call.service.js';
import { SchemaVersion } from '../platform/db/schema/schema-version.js';
import { type Tx, UnitOfWork } from '../platform/db/unit-of-work.js';
import { type Program, Programs } from '../programs/programs.service.js';
import { Resources } from '../resources/resources.service.js';
import { Staff } from '../staff/staff.service.js';

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
    private readonly onCall: OnCall,
    private readonly staff: Staff,
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
      const backstop = await this.people(tx, program, 'backstop');
      if (backstop.length === 0) {
        findings.push({ level: 'fail', text: `${name} has no reachable backstop.` });
      }
      const { body } = await this.programs.policyInForce(tx, program.id);
      for (const [acuity, { steps }] of Object.entries((body as Policy).acuities)) {
        for (const [at, { audiences }] of steps.entries()) {
          const reached = await Promise.all(
            audiences.map((audience) => this.people(tx, program, audience)),
          );
          if (reached.flat().length > 0) continue;
          const text = `${name}, ${acuity} step ${at + 1} reaches nobody right now.`;
          findings.push({ level: 'fail', text });
        }
      }
      if (findings.every(({ level }) => level !== 'fail')) {
        findings.push({ level: 'ok', text: `${name}: every step reaches somebody right now.` });
      }
      return findings;
    });
  }

  private async people(tx: Tx, { id }: Program, audience: Audience): Promise<string[]> {
    const named = await this.named(tx, id, audience);
    return this.staff.reachable(tx, named, { programId: id, participantId: null });
  }

  private async named(tx: Tx, programId: string, audience: Audience): Promise<string[]> {
    if (audience === 'backstop') return this.staff.withRole(tx, programId, 'backstop');
    if ('role' in audience) return this.staff.withRole(tx, programId, audience.role);
    if ('schedule' in audience) {
      const onCall = await this.onCall.resolve(tx, programId, audience.schedule, tx.now);
      return onCall.map(({ id }) => id);
    }
    const staffId = await this.staff.idByKey(audience.person, tx);
    return staffId === null ? [] : [staffId];
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
