import { Module, StandardSchemaValidationPipe, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { CallBook } from './calls/call-book.js';
import { CallReports } from './calls/call-reports.js';
import { Calls } from './calls/calls.js';
import { Dialing } from './calls/dialing.js';
import { Script } from './calls/script.js';
import { Switchboard } from './calls/switchboard.js';
import { Faults } from './faults/faults.js';
import { LabController } from './lab.controller.js';
import { LabLog } from './network/lab-log.js';
import { Lines } from './network/lines.js';
import { Timers } from './network/timers.js';
import { Webhooks } from './network/webhooks.js';
import { LabConfig } from './phone-lab.config.js';
import { PageController } from './page/page.controller.js';
import { PhonesController } from './phones.controller.js';
import { Phones } from './phones.js';
import { Provider } from './rest/provider.js';
import { RestController } from './rest/rest.controller.js';
import { Inbox } from './texts/inbox.js';
import { Messages } from './texts/messages.js';
import { OptOuts } from './texts/opt-outs.js';

@Module({
  controllers: [PageController, LabController, PhonesController, RestController],
  providers: [
    CallBook,
    CallReports,
    Calls,
    Dialing,
    Faults,
    Inbox,
    LabLog,
    Lines,
    Messages,
    OptOuts,
    Phones,
    Provider,
    Script,
    Switchboard,
    Timers,
    Webhooks,
  ],
})
class PhoneLabModule {
  static with(config: LabConfig): DynamicModule {
    return {
      module: PhoneLabModule,
      providers: [{ provide: LabConfig, useValue: config }],
    };
  }
}

export interface RunningLab {
  /** Without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/** Starts a simulated phone network, which listens when this returns. */
export async function createPhoneLab(config: LabConfig): Promise<RunningLab> {
  const adapter = new FastifyAdapter({ forceCloseConnections: true });
  const app = await NestFactory.create<NestFastifyApplication>(
    PhoneLabModule.with(config),
    adapter,
    { logger: ['error'] },
  );
  app.useGlobalPipes(new StandardSchemaValidationPipe());
  await app.listen(config.port, config.host);
  const { port } = new URL(await app.getUrl());
  return { url: `http://localhost:${port}`, close: () => app.close() };
}
