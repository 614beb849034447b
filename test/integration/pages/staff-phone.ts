import { createHmac } from 'node:crypto';
import type { CallView } from '../../../src/phone-lab/phones.js';
import { labAccount } from '../../support/phone-lab.js';
import type { Service } from '../../support/service.js';
import type { ProgramOptions, TestProgram } from '../../support/service/program.js';
import { aProgram } from '../../support/service/program.js';

interface PersonInFile {
  key: string;
  contactMethods: { channel: string; address: string; verified: boolean }[];
}

/**
 * A program whose staff can be called as well: first `primary`, then `backup`. No step ends while a
 * test looks at one.
 */
export function aProgramWithCalls(options: ProgramOptions = {}): TestProgram {
  const long = { waitSeconds: 600, roundAgainSeconds: 300, leaseSeconds: 600 };
  const steps = [{ person: 'primary' }, { person: 'backup' }];
  const program = aProgram({ ...long, steps, ...options });
  const file = program.file as { staff: PersonInFile[] };
  const staff = file.staff.map((person) => ({
    ...person,
    contactMethods: person.contactMethods.flatMap((method) => [
      method,
      { ...method, channel: 'voice' },
    ]),
  }));
  return { ...program, file: { ...file, staff } };
}

/** When the first call comes, and the second, counted from the page. */
export const firstCallMs = 15_000;
export const secondCallMs = 45_000;
/** After a key the call is given this long for its last words. */
export const lastWordsMs = 20_000;

const rings = ({ state }: CallView): boolean => state === 'ringing';
export const isIn =
  (...states: string[]) =>
  ({ state }: CallView): boolean =>
    states.includes(state);

/** The phone of one person of a service's program. */
export class StaffPhone {
  readonly number: string;

  constructor(
    private readonly service: Service,
    person: string,
  ) {
    this.number = service.phones.person(person).phone;
  }

  /** Every call to this phone, the newest first. */
  async calls(): Promise<CallView[]> {
    return (await this.service.lab.phones(this.number)).calls;
  }

  ringing(deadlineMs = 5_000): Promise<CallView> {
    return this.call(rings, deadlineMs);
  }

  /** Waits until the newest call is like that. */
  call(fits: (call: CallView) => boolean, deadlineMs = 5_000): Promise<CallView> {
    const look = async () => {
      const [newest] = await this.calls();
      return newest && fits(newest) ? newest : null;
    };
    return this.service.eventually(look, { deadlineMs, what: `a call to ${this.number}` });
  }

  /** Waits until it rings and picks up. */
  async pickUp(): Promise<CallView> {
    await this.ringing();
    return this.service.lab.answer(this.number);
  }

  /** Resolves to what was said last. */
  async press(digits: string): Promise<string> {
    return (await this.service.lab.keys(this.number, digits)).said.at(-1) ?? '';
  }
}

export interface AttemptSeen {
  id: string;
  pageId: string;
  channel: string;
  try: number;
  nonce: string;
  causedBy: string | null;
  state: string;
  failure: string | null;
  rank: number;
  sid: string | null;
  status: string | null;
  settled: boolean;
  left: boolean;
}

/** The attempts to reach one person about one case, in order. */
export function attemptsOf(
  service: Service,
  caseId: string,
  person: string,
  channel = '%',
): Promise<AttemptSeen[]> {
  return service.sql(
    `select a.id, a.page_id as "pageId", a.channel, a.try, a.nonce, a.caused_by as "causedBy",
            a.state, a.failure, a.rank, a.provider_sid as sid, a.provider_status as status,
            a.settled_at is not null as settled, a.hang_up_at is not null as left
       from page_attempts a join pages p on p.id = a.page_id join staff s on s.id = p.staff_id
      where p.subject_id = $1 and s.key = $2 and a.channel like $3 order by a.started_at, a.epoch`,
    [caseId, person, channel],
  );
}

export async function caseOf(service: Service, caseId: string) {
  const [row] = await service.sql<{ state: string; owner: string | null }>(
    `select c.state, s.key as owner from cases c left join staff s on s.id = c.owner_id
      where c.id = $1`,
    [caseId],
  );
  return row!;
}

/** How people said that they take it: channel and proof. */
export function takesOf(service: Service, caseId: string) {
  return service.sql<{ kind: string; person: string; channel: string; proof: object }>(
    `select a.kind, s.key as person, a.channel, a.proof
       from acknowledgements a join staff s on s.id = a.staff_id
      where a.case_id = $1 order by a.at`,
    [caseId],
  );
}

export interface Callback {
  params: Record<string, string>;
  /** Another than the right one; null sends none. */
  signature?: string | null;
  /** What is signed, when that is not the address it is sent to. */
  signedUrl?: string;
  headers?: Record<string, string>;
}

/** Posts to the service what the provider would, or what somebody else would who pretends to be. */
export async function postCallback(
  service: Service,
  path: string,
  { params, signature, signedUrl, headers }: Callback,
): Promise<{ status: number; body: string }> {
  const url = service.url + path;
  const signed = signature === undefined ? sign(signedUrl ?? url, params) : signature;
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams(params).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(signed !== null && { 'x-twilio-signature': signed }),
      ...headers,
    },
  });
  return { status: response.status, body: await response.text() };
}

/** As the provider signs: https://www.twilio.com/docs/usage/security#validating-requests */
export function sign(
  url: string,
  params: Record<string, string>,
  token: string = labAccount.authToken,
): string {
  const names = Object.keys(params).toSorted();
  const text = url + names.map((name) => name + params[name]).join('');
  return createHmac('sha1', token).update(text).digest('base64');
}

/** Ends every case, so that the next test begins with silent phones. */
export async function endAllCases(service: Service): Promise<void> {
  await service.lab.clearFaults();
  const { post } = service.api('supervisor');
  const open = (await service.cases()).filter(({ state }) => state !== 'closed');
  for (const { id } of open) {
    await post(`/v1/cases/${id}/disposition`, { code: 'test_or_drill' });
    await post(`/v1/cases/${id}/follow-up`, { none: true, reason: 'test' });
    const { status } = await post(`/v1/cases/${id}/closure`);
    if (status !== 201) throw new Error(`Case ${id} could not be closed: ${status}`);
  }
  const phones = [...service.program.people.keys()].map((key) => new StaffPhone(service, key));
  await service.eventually(
    async () => {
      const calls = (await Promise.all(phones.map((phone) => phone.calls()))).flat();
      return !calls.some(isIn('queued', 'ringing', 'in-progress'));
    },
    { what: 'silence' },
  );
}
