import { Injectable } from '@nestjs/common';
import { Programs } from '../programs/programs.service.js';

/** Where a line of ours is answered, and in which language. */
export interface Line {
  country: string;
  language: string;
}

/** The numbers people reach us at; from memory, so that a dead database does not matter. */
@Injectable()
export class Lines {
  constructor(private readonly programs: Programs) {}

  /** A number of no program counts as one of any of them; null before the first was read. */
  at(number: string): Line | null {
    const program = this.programs.byLine(number) ?? this.programs.anyRemembered();
    return program && { country: program.country, language: program.language };
  }
}
