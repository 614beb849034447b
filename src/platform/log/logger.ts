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

/** What the framework says while it starts: the same hundred lines each time. */
const chatter = new Set(['InstanceLoader', 'LazyModuleLoader', 'RouterExplorer', 'RoutesResolver']);

/** JSON lines: the message is the event's name, the parameters are ids and numbers. */
class JsonLogger extends ConsoleLogger {
  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof context === 'string' && chatter.has(context)) return;
    super.log(message, ...rest);
  }
}

export function createLogger(): ConsoleLogger {
  return new JsonLogger({ json: true, flattenParams: true, redact });
}
