import { ConsoleLogger } from '@nestjs/common';

/** Keys whose values never reach a log; nothing should put them there in the first place. */
const redact = [
  'name',
  'phone',
  'number',
  'to',
  'from',
  'text',
  'body',
  'email',
  'token',
  'key',
  'authorization',
  'password',
];

/** JSON lines: the message is the event's name, the parameters are ids and numbers. */
export function createLogger(): ConsoleLogger {
  return new ConsoleLogger({ json: true, flattenParams: true, redact });
}
