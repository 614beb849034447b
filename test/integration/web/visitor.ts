import { hash } from '@node-rs/argon2';
import type { Service } from '../../support/service.js';
import { type Answer, request } from '../../support/service/requests.js';
import { aProgram, type ProgramOptions, type TestProgram } from '../../support/service/program.js';

export const password = 'nine quiet harbors';

export const emailOf = (person: string): string => `${person}@harness.example`;

/** The program of the harness, whose staff have e-mail addresses to sign in with. */
export function aProgramWithEmail(options: ProgramOptions = {}): TestProgram {
  const program = aProgram(options);
  const file = program.file as { staff: { key: string }[] };
  const staff = file.staff.map((one) => ({ ...one, email: emailOf(one.key) }));
  return { ...program, file: { ...file, staff } };
}

/** Everybody gets the same password. */
export async function givePasswords(service: Service): Promise<void> {
  await service.sql('update staff set password_hash = $1', [await hash(password)]);
}

/** A date for a wall clock: ahead, within a year, and in winter. */
export function yearOfNextJanuaryFifth(): number {
  const now = new Date();
  const year = now.getUTCFullYear();
  return now < new Date(Date.UTC(year, 0, 5)) ? year : year + 1;
}

/** A browser without a screen: keeps its cookie, sends forms, follows nothing by itself. */
export class Visitor {
  cookie: string | null = null;
  private person: string | null = null;

  constructor(private readonly service: Service) {}

  async get(path: string, headers: Record<string, string> = {}): Promise<Page> {
    const page = await this.ask('GET', path, headers);
    await this.service.reads.note(this.person, path, page.status);
    return page;
  }

  /** A form of our own page. */
  post(
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Page> {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.ask('POST', path, { ...type, ...headers }, new URLSearchParams(fields).toString());
  }

  async signIn(person: string): Promise<void> {
    const page = await this.post('/sign-in', { email: emailOf(person), password });
    if (page.status !== 303) throw new Error(`${person} could not sign in: ${page.status}`);
    this.person = person;
  }

  /** A form of the case page, with the mark of this session. */
  async act(caseId: string, action: string, fields: Record<string, string> = {}): Promise<Page> {
    const { csrf } = await this.get(`/cases/${caseId}`);
    return this.post(`/cases/${caseId}/${action}`, { ...fields, csrf });
  }

  private async ask(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<Page> {
    const answer = await request<string>(this.service.url + path, {
      method,
      headers: { ...headers, ...(this.cookie !== null && { cookie: this.cookie }) },
      ...(body !== undefined && { body }),
    });
    const set = answer.headers.get('set-cookie')?.split(';')[0];
    if (set !== undefined) this.cookie = set.endsWith('=') ? null : set;
    return new Page(answer);
  }
}

/** What came back, as somebody reads it. */
export class Page {
  constructor(private readonly answer: Answer<string>) {}

  get status(): number {
    return this.answer.status;
  }

  get html(): string {
    return this.answer.body;
  }

  header(name: string): string | null {
    return this.answer.headers.get(name);
  }

  /** Where it leads, as a path. */
  get location(): string {
    const location = this.header('location');
    if (location === null) throw new Error(`${this.status} leads nowhere: ${this.text}`);
    return location;
  }

  /** Without marks, and with single blanks. */
  get text(): string {
    return this.html
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll('&amp;', '&')
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll(/\s+/g, ' ');
  }

  /** Where the large lines at the top lead, in their order. */
  get lines(): string[] {
    const [list = ''] = /<ul class="lines[^"]*">.*?<\/ul>/s.exec(this.html) ?? [];
    return [...list.matchAll(/ href="([^"]+)"/g)].map(([, href]) => String(href));
  }

  get csrf(): string {
    return this.field('csrf');
  }

  /** The value of the first hidden field of that name. */
  field(name: string): string {
    const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(this.html)?.[1];
    if (value === undefined) throw new Error(`The page has no field ${name}.`);
    return value;
  }
}
