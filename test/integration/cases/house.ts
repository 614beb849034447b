import { randomUUID } from 'node:crypto';
import type { FlagBody } from '../../support/service/flag.js';
import { aProgram, type ProgramOptions, type TestProgram } from '../../support/service/program.js';
import type { CaseEvent, FlagAnswer, Service } from '../../support/service.js';
import type { Answer } from '../../support/service/requests.js';

export const seconds = (count: number): number => count * 1_000;
export const minutes = (count: number): number => seconds(count * 60);

/**
 * Beside the usual people an `admin`; a participant `kin`, of whose family `primary` is, and
 * `colleague`, who is `backup`.
 */
export function aHouse(options: ProgramOptions = {}, policy: object = {}): TestProgram {
  const program = aProgram({ moreClinicians: 2, ...options });
  const file = program.file as {
    policy: { acuities: Record<string, object> };
    staff: { key: string; roles: string[] }[];
  };
  for (const one of file.staff) if (one.key === 'clinician-2') one.roles = ['admin'];
  const participants = [
    { externalId: 'kin', name: 'Pat Kinfolk', relatives: ['primary'] },
    { externalId: 'colleague', name: 'Lee Kinfolk', sameAsStaff: 'backup' },
  ];
  return { ...program, file: { ...file, policy: { ...file.policy, ...policy }, participants } };
}

export const somebody = (): FlagBody => ({ participant: { externalId: `p-${randomUUID()}` } });

/** One case of a service, as a test follows it. */
export class Followed {
  readonly id: string;
  readonly ref: string;

  constructor(
    private readonly service: Service,
    readonly answer: Answer<FlagAnswer>,
  ) {
    this.id = answer.body.case!.id;
    this.ref = answer.body.case!.ref;
  }

  /** Raises a flag of somebody new, unless the body says otherwise. */
  static async open(service: Service, body: FlagBody = somebody()): Promise<Followed> {
    return new Followed(service, await service.raiseFlag(body));
  }

  /** The row as it is. */
  async row(): Promise<Record<string, unknown>> {
    const rows = await this.service.sql('select * from cases where id = $1', [this.id]);
    return rows[0]!;
  }

  /** Every page for it so far, oldest first, as `occasion person reason`. */
  async pages(): Promise<string[]> {
    const rows = await this.service.sql<{ said: string }>(
      `select p.occasion || ' ' || s.key || ' ' || (p.content ->> 'reason') as said
         from pages p join staff s on s.id = p.staff_id
        where p.purpose = 'case' and p.subject_id = $1 order by p.queued_at, p.occasion, s.key`,
      [this.id],
    );
    return rows.map(({ said }) => said);
  }

  events(): Promise<CaseEvent[]> {
    return this.service.auditOf(this.id);
  }

  async reasons(): Promise<unknown[]> {
    return (await this.events()).flatMap(({ body }) => body['reason'] ?? []);
  }

  /** The staff API on this case. */
  do(person: string | null, what: string, body: unknown = {}): Promise<Answer> {
    return this.service.api(person).post(`/v1/cases/${this.id}/${what}`, body);
  }

  take(person: string): Promise<Answer> {
    return this.do(person, 'acknowledgements');
  }

  /** To the end, so that no clock of it is left for other tests. */
  async close(person = 'supervisor'): Promise<void> {
    await this.take(person);
    await this.do(person, 'disposition', { code: 'test_or_drill' });
    await this.do(person, 'follow-up', { none: true, reason: 'over' });
    const { status, body } = await this.do(person, 'closure');
    if (status !== 201) throw new Error(`The case is not closed: ${JSON.stringify(body)}`);
  }

  /** Waits for a page to this person about this case. */
  paged(person: string) {
    return this.service.phones.expectPage(person, { ref: this.ref });
  }

  /** Waits until so many pages were written. */
  pagesWritten(count: number): Promise<string[]> {
    return this.service.eventually(async () => {
      const pages = await this.pages();
      if (pages.length < count) throw new Error(`only ${pages.join(', ')}`);
      return pages;
    });
  }
}
