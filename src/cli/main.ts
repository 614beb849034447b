import 'reflect-metadata';
import { ConfigProblems } from '../config.js';
import { Rejection } from '../platform/http/rejection.js';
import { commands } from './commands.js';
import { helpText } from './help.js';
import { UsageError } from './usage-error.js';

async function main(args: string[]): Promise<number> {
  const name = args.slice(0, 2).join(' ');
  const [one = 'help'] = args;
  if (one === 'help' || args.includes('--help')) {
    console.log(helpText());
    return 0;
  }
  const command = commands[name] ?? commands[one];
  if (!command) throw new UsageError(`There is no command ${name}.\n${helpText()}`);
  return command(args.slice(commands[name] ? 2 : 1));
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (error instanceof ConfigProblems) {
      for (const line of [error.message, ...error.problems]) console.error(line);
      process.exit(ConfigProblems.exitCode);
    }
    const refused = error instanceof UsageError || error instanceof Rejection;
    console.error(refused ? error.message : error);
    process.exit(refused ? 64 : 1);
  },
);
