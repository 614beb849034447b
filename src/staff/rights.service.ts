import { Injectable } from '@nestjs/common';
import { mayDo, type Person, programsOf } from './rules/permissions.js';

/** What a signed-in person may do, and where. */
@Injectable()
export class Rights {
  /** Ids of the programs in which the person holds the permission. */
  programsOf(person: Person, permission: 'clinician' | 'supervisor'): string[] {
    return programsOf(person, permission);
  }

  /** In any program. */
  supervises(person: Person): boolean {
    return mayDo(person, ['supervisor']);
  }
}
