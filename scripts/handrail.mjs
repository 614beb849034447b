import { prepare } from './prepare.mjs';
import { runProgram, stopRequest } from './programs.mjs';
import { addressOfDemo, demoEnvironment } from './start/demo-environment.mjs';
import { databaseIsGiven, openDatabase } from './start/embedded-database.mjs';

const args = process.argv.slice(2);

/** `handrail <command>`, with the embedded database when the environment names no other. */
async function main() {
  await prepare();
  const stop = stopRequest();
  const database = needsDatabase() ? await openDatabase() : undefined;
  try {
    const demo = databaseIsGiven ? {} : await demoEnvironment();
    const env = { ...process.env, ...demo, ...addressOfDemo(), ...database?.env };
    const command = ['--enable-source-maps', 'dist/cli/main.js', ...args];
    return await runProgram(command, { env, foreground: true, stop });
  } finally {
    await database?.close();
  }
}

/** Help needs none, and an exported audit log is verified where no database is at hand. */
function needsDatabase() {
  const [command, ...rest] = args;
  if (command === undefined || command === 'help' || args.includes('--help')) return false;
  return command !== 'verify-audit' || !rest.some((argument) => !argument.startsWith('-'));
}

process.exitCode = await main().catch((error) => {
  console.error(error.message);
  return 1;
});
process.exit();
