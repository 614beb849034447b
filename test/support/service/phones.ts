import type { PhoneLab, Text } from '../phone-lab.js';
import { eventually, type Patience } from './eventually.js';
import type { TestPerson, TestProgram } from './program.js';

/** A page as it stands on somebody's screen. */
export interface PageText {
  ref: string;
  /** What takes the case when replied; empty where nothing is to be taken. */
  code: string;
  /** Empty when it did not fit. */
  link: string;
  body: string;
  /** Our number that sent it. */
  from: string;
}

export interface PageWanted extends Patience {
  /** Only pages about this case. */
  ref?: string;
}

/** The phones of a program's staff, each page looked at once. */
export class Phones {
  private readonly seen = new Set<string>();

  constructor(
    private readonly lab: PhoneLab,
    private readonly program: TestProgram,
  ) {}

  /** The oldest page on this person's phone that no test has looked at yet; waits for one. */
  expectPage(person: string, { ref, ...patience }: PageWanted = {}): Promise<PageText> {
    const { phone } = this.person(person);
    const what = `a page to ${person}`;
    const look = async (): Promise<PageText> => {
      const { texts } = await this.lab.phones(phone);
      const fresh = texts.toReversed().filter(({ id }) => !this.seen.has(id));
      for (const text of fresh) {
        const page = readPage(text);
        if (page === null || (ref !== undefined && page.ref !== ref)) continue;
        this.seen.add(text.id);
        return page;
      }
      const bodies = texts.map(({ body }) => body).join('\n');
      throw new Error(`no new ${what}; there are:\n${bodies || 'none'}`);
    };
    return eventually(look, { what, ...patience });
  }

  /** All pages that ever arrived, oldest first, looked at or not. */
  async pagesOf(person: string): Promise<PageText[]> {
    const { texts } = await this.lab.phones(this.person(person).phone);
    return texts.toReversed().flatMap((text) => readPage(text) ?? []);
  }

  /** Replies to a page; by default what takes the case. Resolves to what the answer said. */
  async reply(person: string, page: PageText, body = page.code): Promise<string> {
    const { phone } = this.person(person);
    const { webhook } = await this.lab.reply(phone, page.from, body);
    if (webhook.type === 'failed') throw new Error(`The reply was lost: ${webhook.error}`);
    const said = /<Message>(.*?)<\/Message>/s.exec(webhook.body)?.[1];
    return said ?? `${webhook.status} ${webhook.body}`;
  }

  person(key: string): TestPerson {
    const person = this.program.people.get(key);
    if (!person) throw new Error(`There is no ${key} in the program.`);
    return person;
  }
}

const pageForm = /^ONCALL (?:EMERGENT|URGENT|PRIORITY|ROUTINE) (\w+) /;

function readPage({ body, from }: Text): PageText | null {
  const ref = pageForm.exec(body)?.[1];
  if (ref === undefined) return null;
  const code = /Reply (\d+) to take/.exec(body)?.[1] ?? '';
  const link = /https?:\S+/.exec(body)?.[0] ?? '';
  return { ref, code, link, body, from };
}
