import { Injectable } from '@nestjs/common';
import {
  type PagesAsked,
  type PagesOfPerson,
  PagesPerPersonStore,
} from './pages-per-person.store.js';

/** How often people were paged, and how often at night. */
@Injectable()
export class PagesPerPerson {
  constructor(private readonly store: PagesPerPersonStore) {}

  /** By staff id; whoever was not paged is not in it. */
  async of(asked: PagesAsked): Promise<Map<string, PagesOfPerson>> {
    const rows = await this.store.of(asked);
    return new Map(rows.map((row) => [row.staffId, row]));
  }
}
