import { setTimeout as wait } from 'node:timers/promises';

const deadlineDefaultMs = 10_000;
const lookEveryMs = 20;

export interface Patience {
  deadlineMs?: number;
  /** Names what is waited for, in the failure. */
  what?: string;
}

/**
 * Waits until the condition neither throws nor gives false, null or undefined, and returns what it
 * gave. After the deadline it throws what the condition last threw, or that it waited in vain.
 */
export async function eventually<T>(
  condition: () => T | Promise<T>,
  { deadlineMs = deadlineDefaultMs, what = 'a condition' }: Patience = {},
): Promise<Exclude<T, false | null | undefined>> {
  const giveUpAt = performance.now() + deadlineMs;
  for (;;) {
    const late = performance.now() > giveUpAt;
    try {
      const value = await condition();
      if (value !== false && value !== null && value !== undefined) {
        return value as Exclude<T, false | null | undefined>;
      }
    } catch (error) {
      if (late) throw error; // Until then it may still come true.
    }
    if (late) throw new Error(`waited ${deadlineMs} ms in vain for ${what}`);
    await wait(lookEveryMs);
  }
}
