import type { OutgoingAttempt } from './channel.js';

/** Another of our numbers with each try: a blocked or broken sender is not tried twice in a row. */
export function senderFor(
  numbers: readonly string[],
  attempt: Pick<OutgoingAttempt, 'try'>,
): string {
  const sender = numbers[(attempt.try - 1) % numbers.length];
  if (sender === undefined) throw new Error('No sender number is configured.');
  return sender;
}
