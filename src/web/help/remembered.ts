import { Injectable } from '@nestjs/common';
import { Programs } from '../../programs/programs.service.js';
import type { VisitDefaults } from './visits.js';

const looksMax = 10_000;
const nobody: VisitDefaults = { program: null };

/** What an address is about as far as this process knows: never waits for the database. */
@Injectable()
export class Remembered {
  private readonly looks = new Map<string, VisitDefaults>();

  constructor(private readonly programs: Programs) {}

  /** Of a page that was looked at before, or else of the program named in the path. */
  of(path: string): VisitDefaults {
    const look = this.looks.get(path);
    if (look) return look;
    const [, room, key = ''] = path.split('/');
    return room === 'help' ? { program: this.programs.remembers(key.toLowerCase()) } : nobody;
  }

  /** The newest looks are kept; the oldest one makes room. */
  keep(path: string, look: VisitDefaults): void {
    this.looks.delete(path);
    this.looks.set(path, look);
    const [oldest] = this.looks.keys();
    if (this.looks.size > looksMax && oldest !== undefined) this.looks.delete(oldest);
  }
}
