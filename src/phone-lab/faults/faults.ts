import { Injectable } from '@nestjs/common';
import { strikes, type Fault, type FaultRule, type OperationName } from './fault.js';

export interface FaultTarget {
  operation: OperationName;
  /** The phone that is texted or called. */
  number: string | null;
}

/** The scripted faults, in the order in which they were given. */
@Injectable()
export class Faults {
  private rules: FaultRule[] = [];

  add(rule: FaultRule): void {
    this.rules.push({ ...rule });
  }

  clear(): void {
    this.rules = [];
  }

  list(): readonly FaultRule[] {
    return this.rules;
  }

  /** What goes wrong with this request; each rule that strikes is used once. */
  take(target: FaultTarget): Fault {
    const striking = this.rules.filter((rule) => matches(rule, target));
    for (const rule of striking) if (rule.times !== undefined) rule.times -= 1;
    this.rules = this.rules.filter((rule) => rule.times !== 0);
    return Object.assign({}, ...striking.map((rule) => rule.fault)) as Fault;
  }
}

function matches({ match, fault }: FaultRule, { operation, number }: FaultTarget): boolean {
  if (!strikes(fault, operation)) return false;
  if (match.operation !== undefined && match.operation !== operation) return false;
  if (match.number !== undefined && match.number !== number) return false;
  const channel = operation.endsWith('Message') ? 'sms' : 'voice';
  return match.channel === undefined || match.channel === channel;
}
