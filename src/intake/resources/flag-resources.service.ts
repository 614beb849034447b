import { Injectable } from '@nestjs/common';
import type { Program } from '../../programs/programs.service.js';
import type { ResourcesAnswer } from '../../resources/rules/answer.js';
import { Resources } from '../../resources/resources.service.js';
import type { FlagFields } from '../reading/read-flag.js';
import type { KnownOfPerson } from '../senders/known-people.service.js';

/** Which resources go into the answer to a flag; works with everything else dead. */
@Injectable()
export class FlagResources {
  constructor(private readonly resources: Resources) {}

  /** By what the flag states, then by what is known of the person, then by the program. */
  choose(
    { location, participant }: FlagFields,
    program: Program | null,
    known: KnownOfPerson | null,
  ): ResourcesAnswer {
    const stated = location?.country ? location : known?.place;
    return this.resources.forRequest({
      country: stated?.country,
      region: stated ? stated.region : (location?.region ?? program?.region),
      language: participant?.language ?? known?.language ?? program?.language,
      audience: (known?.mayBeMinor ?? participant?.minor) ? ['youth'] : [],
      fallbackCountry: program?.country,
    });
  }
}
