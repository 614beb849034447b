import { Injectable } from '@nestjs/common';
import { Workplaces } from '../cases/casework/workplaces.service.js';
import { Programs } from '../programs/programs.service.js';

/** Where a number of ours is answered, and in which language. */
export interface Line {
  /** ISO 3166 alpha-2; null: nobody knows, so only what is right everywhere may be said. */
  country: string | null;
  language: string;
}

/** The numbers people reach us at. Known in bounded time, also while the database is dead. */
@Injectable()
export class Lines {
  constructor(
    private readonly programs: Programs,
    private readonly workplaces: Workplaces,
  ) {}

  /** Both are E.164. A number of no program pages staff: it stands for all of our programs. */
  async at(number: string, from: string): Promise<Line> {
    const program = await this.programs.byLine(number);
    if (program) return { country: program.country, language: program.language };
    const shared = this.programs.shared('country');
    return {
      country: shared ?? (await this.workplaces.countryOf(from)),
      language: this.programs.shared('language') ?? 'en',
    };
  }
}
