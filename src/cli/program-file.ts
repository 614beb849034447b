import { parse } from 'yaml';
import { z } from 'zod';
import { readPolicy } from '../cases/policy.apply.js';
import type { Policy } from '../cases/rules/policy.js';
import { schedulesFile } from '../oncall/schedules/schedules.apply.js';
import { participantsFile } from '../participants/participants.apply.js';
import { programFile } from '../programs/programs.apply.js';
import { staffFile } from '../staff/staff.apply.js';

const wholeFile = z.strictObject({
  program: programFile,
  policy: z.record(z.string(), z.unknown()),
  staff: staffFile.default([]),
  schedules: schedulesFile.default([]),
  participants: participantsFile.default([]),
});

export type ProgramDescription = Omit<z.infer<typeof wholeFile>, 'policy'> & { policy: Policy };

/** Reads a whole program from YAML; every problem at once, and nothing if there is one. */
export function readProgramFile(
  text: string,
): { description: ProgramDescription } | { problems: string[] } {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    // Safe: nothing was applied; the operator is told where the file breaks.
    return { problems: [`not YAML: ${(error as Error).message}`] };
  }
  const whole = wholeFile.safeParse(document);
  const policy = policyIn(document);
  const problems = [
    ...(whole.error?.issues ?? []).map(said),
    ...('problems' in policy ? policy.problems : []),
  ];
  if (!whole.success || 'problems' in policy) return { problems };
  const description = { ...whole.data, policy: policy.policy };
  problems.push(...repeatedNames(description), ...danglingNames(description));
  return problems.length > 0 ? { problems } : { description };
}

/** Also of a file that is not right elsewhere, so that everything wrong is said at once. */
function policyIn(document: unknown): ReturnType<typeof readPolicy> {
  const { policy, program } = (document ?? {}) as Partial<Record<'policy' | 'program', object>>;
  if (typeof policy !== 'object') return { problems: [] };
  const { zone } = (program ?? {}) as { zone?: unknown };
  return readPolicy(policy, zone);
}

const said = ({ path, message }: z.core.$ZodIssue): string => `${path.join('.')}: ${message}`;

/** Names that stand for two. */
function repeatedNames({ program, staff, schedules, participants }: ProgramDescription): string[] {
  return [
    ...repeated(
      'program.integrationKeys',
      program.integrationKeys.map(({ name }) => name),
    ),
    ...repeated(
      'staff',
      staff.map(({ key }) => key),
    ),
    ...repeated(
      'staff',
      staff.map(({ email }) => email?.toLowerCase()),
    ),
    ...staff.flatMap(({ key, contactMethods }) =>
      repeated(
        `staff.${key}`,
        contactMethods.map(({ channel, address }) => `${channel} ${address}`),
      ),
    ),
    ...repeated(
      'schedules',
      schedules.map(({ key }) => key),
    ),
    ...repeated(
      'participants',
      participants.map(({ externalId }) => externalId),
    ),
  ];
}

function repeated(what: string, names: (string | undefined)[]): string[] {
  const given = names.filter((name) => name !== undefined);
  const twice = given.filter((name, at) => given.indexOf(name) !== at);
  return [...new Set(twice)].map((name) => `${what}: ${name} is there twice`);
}

/** What refers to a person or schedule that this file does not describe. */
function danglingNames({ policy, staff, schedules, participants }: ProgramDescription): string[] {
  const people = new Set(staff.map(({ key }) => key));
  const lists = new Set(schedules.map(({ key }) => key));
  const problems: string[] = [];
  const need = (known: Set<string>, what: string, name: string, where: string): void => {
    if (!known.has(name)) problems.push(`${where}: there is no ${what} ${name}`);
  };
  for (const { key, people: named } of schedules) {
    for (const name of named) need(people, 'staff', name, `schedules.${key}`);
  }
  for (const [acuity, { steps }] of Object.entries(policy.acuities)) {
    for (const audience of steps.flatMap(({ audiences }) => audiences)) {
      if (audience === 'backstop') continue;
      if ('schedule' in audience) need(lists, 'schedule', audience.schedule, `policy.${acuity}`);
      if ('person' in audience) need(people, 'staff', audience.person, `policy.${acuity}`);
    }
  }
  for (const one of participants) {
    const own = [one.primaryTherapist, one.prescriber, ...one.groupFacilitators];
    const named = [...one.relatives, one.sameAsStaff, ...one.conflictsOfInterest, ...own];
    for (const name of new Set(named)) {
      if (name !== undefined) need(people, 'staff', name, `participants.${one.externalId}`);
    }
  }
  return problems;
}
