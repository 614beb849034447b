import { aProgramWithCalls, StaffPhone } from '../integration/pages/staff-phone.js';
import type { FaultRuleInput } from '../support/phone-lab.js';
import type { Service } from '../support/service.js';
import type { ProgramOptions, TestProgram } from '../support/service/program.js';

export const taken = 'You have taken the case.';

/** Everybody is paged at once and can only be called, so that every phone rings at once. */
export function aProgramOfCallsOnly(options: ProgramOptions = {}): TestProgram {
  const program = aProgramWithCalls({ steps: [{ role: 'clinician' }], ...options });
  const file = program.file as { staff: { contactMethods: { channel: string }[] }[] };
  const staff = file.staff.map((person) => ({
    ...person,
    contactMethods: person.contactMethods.filter(({ channel }) => channel === 'voice'),
  }));
  return { ...program, file: { ...file, staff } };
}

/** The phones that ring for a case of `aProgramOfCallsOnly`. */
export function phonesOf(service: Service) {
  const phoneOf = (person: string): StaffPhone => new StaffPhone(service, person);
  return {
    primary: phoneOf('primary'),
    backup: phoneOf('backup'),
    supervisor: phoneOf('supervisor'),
  };
}

/** Calls that a slow test does not outlast: they ring on, and wait on for a key. */
export const patientCalls: FaultRuleInput = {
  match: { channel: 'voice' },
  fault: { ringSeconds: 60, gatherSeconds: 60 },
};

export async function raise(service: Service): Promise<{ id: string; ref: string }> {
  return (await service.raiseFlag()).body.case!;
}

/** What was asked of the provider so far, of one kind. */
export async function asked(service: Service, operation: string): Promise<number> {
  const requests = await service.lab.requests();
  return requests.filter((one) => one.operation === operation).length;
}
