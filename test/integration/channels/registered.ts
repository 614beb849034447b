import type { INestApplicationContext, LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { OutgoingAttempt } from '../../../src/paging/channels/channel.js';
import { channelProviders, Channels } from '../../../src/paging/channels/index.js';
import type { CaseContent } from '../../../src/paging/rules/page-content.js';
import { PublicAddress } from '../../../src/platform/http/public-address.js';
import { TelephonyConfig, telephonyEnv } from '../../../src/platform/telephony/telephony.config.js';
import { TelephonyModule } from '../../../src/platform/telephony/telephony.module.js';
import { fixedEnvironment } from '../../support/service/environment.js';

export const phone = '+12025550171';
export const address = 'https://handrail.example';

/** Every line that was logged since the channels were made. */
export class Lines implements LoggerService {
  readonly all: string[] = [];
  log = (...said: unknown[]): void => this.keep(said);
  error = (...said: unknown[]): void => this.keep(said);
  warn = (...said: unknown[]): void => this.keep(said);
  debug = (...said: unknown[]): void => this.keep(said);
  verbose = (...said: unknown[]): void => this.keep(said);

  private keep(said: unknown[]): void {
    this.all.push(
      said.map((one) => (one instanceof Error ? one.stack : JSON.stringify(one))).join(),
    );
  }
}

/** The channels as the registry makes them, with this provider behind them. */
export function channelsTo(apiBaseUrl: string, logger: Lines): Promise<INestApplicationContext> {
  const config = telephonyEnv.parse({ ...fixedEnvironment(), TWILIO_API_BASE_URL: apiBaseUrl });
  const providers = [
    ...channelProviders,
    Channels,
    { provide: TelephonyConfig, useValue: new TelephonyConfig(config) },
    { provide: PublicAddress, useValue: new PublicAddress(address) },
  ];
  return NestFactory.createApplicationContext({ module: TelephonyModule, providers }, { logger });
}

/** One page's first try, of the words that matter. */
export function anAttempt(
  fields: Partial<OutgoingAttempt> = {},
  content: Partial<CaseContent> = {},
): Omit<OutgoingAttempt, 'channel'> {
  return {
    nonce: 'n'.repeat(22),
    try: 1,
    to: phone,
    waitingSeconds: 65,
    code: '482913',
    linkToken: 'l'.repeat(22),
    content: {
      acuity: 'URGENT',
      ref: 'K7Q2',
      step: 0,
      steps: 3,
      waitingSince: '2026-01-31T10:00:00.000Z',
      reason: 'step',
      ...content,
    },
    ...fields,
  };
}
