import { Injectable } from '@nestjs/common';
import { type Program, Programs } from '../../programs/programs.service.js';

const databaseTimeMs = 400;

export interface FoundProgram {
  program: Program | null;
  /** False: the database did not answer in time, so this is only what was remembered. */
  certain: boolean;
}

/** The program behind a help page's name, without ever waiting long for the database. */
@Injectable()
export class HelpPrograms {
  constructor(private readonly programs: Programs) {}

  /** People copy addresses from paper: capitals do not matter. */
  async byKey(stated: string): Promise<FoundProgram> {
    const key = stated.toLowerCase();
    if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(key)) return { program: null, certain: true };
    const remembered = { program: this.programs.remembers(key), certain: false };
    try {
      return await Promise.race([this.ask(key), after(databaseTimeMs, remembered)]);
    } catch {
      // Safe: the page is shown by what was remembered, and only posting needs the database.
      return remembered;
    }
  }

  async byId(id: string): Promise<Program | null> {
    return this.programs.remembers(id) ?? this.programs.byId(id);
  }

  private async ask(key: string): Promise<FoundProgram> {
    return { program: await this.programs.byKey(key), certain: true };
  }
}

function after<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(value), ms).unref();
  });
}
