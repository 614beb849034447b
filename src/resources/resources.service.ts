import { Injectable } from '@nestjs/common';
import { loadDirectory } from './load-directory.js';
import { ResourcesConfig } from './resources.config.js';
import { toAnswer, type ResourcesAnswer } from './rules/answer.js';
import type { Directory } from './rules/entry.js';
import { overdueOf, selectResources, type ResourceQuery } from './rules/select.js';
import { missingForProduction } from './rules/validate.js';

/** Emergency resources from bundled files: answers with database, queue and provider all dead. */
@Injectable()
export class Resources {
  private readonly directory: Directory;
  private seen: { now: Date; at: number } | undefined;

  constructor(private readonly config: ResourcesConfig) {
    this.directory = loadDirectory(config.directory);
  }

  /** By this, entries whose review is overdue are known; before it was told, none counts as one. */
  rememberTime(now: Date): void {
    this.seen = { now, at: performance.now() };
  }

  /** Never empty and never throws, whatever was stated. */
  forRequest(query: ResourceQuery): ResourcesAnswer {
    const fallbackCountry = query.fallbackCountry ?? this.config.fallbackCountry;
    const asked = { now: this.now(), ...query, fallbackCountry };
    const selection = selectResources(this.directory, asked);
    return toAnswer(selection, query.language);
  }

  /** ISO 3166-1 alpha-2 of every country with lines of its own, in no order. */
  countries(): string[] {
    return [...new Set(this.directory.entries.flatMap(({ countries }) => countries))];
  }

  /** What keeps these countries (ISO 3166-1 alpha-2) out of production; empty when nothing. */
  missingForProduction(countries: readonly string[]): string[] {
    return missingForProduction(this.directory, countries);
  }

  /** Ids of approved entries whose review is due: they are shown below others until it is made. */
  overdue(now: Date): string[] {
    return overdueOf(this.directory, now);
  }

  private now(): Date | undefined {
    if (this.seen === undefined) return undefined;
    return new Date(this.seen.now.getTime() + performance.now() - this.seen.at);
  }
}

/** To record on a flag what was shown; ids of the directory never change. */
export const shownIds = ({ resources }: ResourcesAnswer): string[] => resources.map(({ id }) => id);
