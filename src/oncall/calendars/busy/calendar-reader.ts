import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import type { CalendarAsked } from '../../rules/calendar/busy-times.js';
import type { Interval } from '../../rules/schedule.js';

const patienceMs = 5_000;
const memoryMaxMb = 128;

/**
 * Reads calendars that others wrote, each in a thread of its own: some rules of repetition never
 * end, and must not keep a page waiting.
 */
@Injectable()
export class CalendarReader {
  protected readonly program = new URL('./read-calendar.worker.js', import.meta.url);

  /** Never rejects. */
  read(asked: CalendarAsked): Promise<Interval[] | 'not_a_calendar' | 'too_complex'> {
    return new Promise((resolve) => {
      const resourceLimits = { maxOldGenerationSizeMb: memoryMaxMb };
      const worker = new Worker(this.program, { workerData: asked, resourceLimits, env: {} });
      const end = (result: Interval[] | 'not_a_calendar' | 'too_complex'): void => {
        clearTimeout(tooLong);
        resolve(result);
        void worker.terminate();
      };
      const tooLong = setTimeout(() => end('too_complex'), patienceMs);
      worker.once('message', (times: Interval[] | null) => end(times ?? 'not_a_calendar'));
      // Out of memory, or deeper than the library can go.
      worker.once('error', () => end('too_complex'));
      worker.once('exit', () => end('too_complex'));
    });
  }
}
