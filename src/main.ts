import 'reflect-metadata';
import { AppModule } from './app.module.js';
import { ConfigProblems, loadConfig } from './config.js';
import { ProductionGate } from './intake/production-gate.service.js';
import { createHttpApp } from './platform/http/http-app.js';
import { freePort } from './platform/http/free-port.js';
import { httpLimits } from './platform/http/server/limits.js';
import { createLogger } from './platform/log/logger.js';
import { EngineRoom } from './platform/queue/engine-room.js';

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const port = await freePort(config.http.port);
  const baseUrl = config.http.publicBaseUrl ?? `http://localhost:${port}`;
  const root = AppModule.with(config, baseUrl);
  const options = { logger: createLogger() };
  const app = await createHttpApp(root, options, httpLimits, config.http.trustedProxies);
  app.enableShutdownHooks(undefined, { useProcessExit: true });
  if (config.mode === 'production') {
    await app.get(ProductionGate).hold((problems) => fail(new ConfigProblems(problems)));
  }
  await app.listen(port, '0.0.0.0');
  app.get(EngineRoom).start();
  process.stdout.write(`Handrail (${config.mode}, ${config.role}) answers at ${baseUrl}\n`);
}

main().catch(fail);

function fail(error: unknown): never {
  const misconfigured = error instanceof ConfigProblems;
  const lines = misconfigured ? [error.message, ...error.problems] : [error];
  for (const line of lines) console.error(line);
  process.exit(misconfigured ? ConfigProblems.exitCode : 1);
}
