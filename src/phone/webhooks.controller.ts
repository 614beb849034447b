import { Body, Controller, Header, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { z } from 'zod';
import { Allow } from '../platform/http/allow.js';
import { Rejection } from '../platform/http/rejection.js';
import { hangup, messageTwiml, say, voiceTwiml } from '../platform/telephony/twiml.js';
import { Callbacks } from './callbacks.service.js';
import { PageCalls } from './page-calls.service.js';
import { SignedByProvider } from './signed-by-provider.guard.js';
import { SpokenResources } from './spoken-resources.service.js';
import { StaffMessages } from './staff-messages.service.js';

// The provider may add fields at any time: what is needed is asked for by its exact name.
const Form = z.record(z.string(), z.string());
const Nonce = z.string().regex(/^[\w-]{16,64}$/);
const Round = z.object({ round: z.coerce.number().int().min(1).max(9).catch(1) });
const xml = 'text/xml; charset=utf-8';

@Controller('webhooks/twilio')
@Allow('anyone')
@UseGuards(SignedByProvider)
export class WebhooksController {
  constructor(
    private readonly callbacks: Callbacks,
    private readonly messages: StaffMessages,
    private readonly pageCalls: PageCalls,
    private readonly spoken: SpokenResources,
  ) {}

  @Post('receipts/:nonce')
  @HttpCode(204)
  async receipt(
    @Param('nonce', { schema: Nonce }) nonce: string,
    @Body({ schema: Form }) form: z.infer<typeof Form>,
  ): Promise<void> {
    if (await this.callbacks.receipt(nonce, form)) return;
    throw new Rejection('not_found', 'No attempt of ours has this address.', 'unknown_attempt');
  }

  @Post('messages')
  @HttpCode(200)
  @Header('Content-Type', xml)
  async message(@Body({ schema: Form }) form: z.infer<typeof Form>): Promise<string> {
    const { From: from = '', To: to = '', Body: body = '', MessageSid: sid = '' } = form;
    if (await this.messages.optOut({ from, body, sid })) {
      await this.callbacks.note('message', form, 'opted_out');
      return messageTwiml();
    }
    const answer = await this.messages.answer({ from, body, sid });
    await this.callbacks.note('message', form, answer === null ? 'resources' : 'answered');
    return messageTwiml(answer ?? this.spoken.text(to));
  }

  /** A key pressed in a page's call, or none; the confirmation is spoken only after the commit. */
  @Post('keys/:nonce')
  @HttpCode(200)
  @Header('Content-Type', xml)
  keys(
    @Param('nonce', { schema: Nonce }) nonce: string,
    @Query({ schema: Round }) { round }: z.infer<typeof Round>,
    @Body({ schema: Form }) form: z.infer<typeof Form>,
  ): Promise<string> {
    const { Digits: digits = '', CallSid: callSid = '' } = form;
    return this.pageCalls.key({ nonce, round, digits, callSid });
  }

  @Post('calls')
  @HttpCode(200)
  @Header('Content-Type', xml)
  async call(@Body({ schema: Form }) form: z.infer<typeof Form>): Promise<string> {
    await this.callbacks.note('call', form, 'resources');
    const words = this.spoken.speech(form['To'] ?? '');
    const twice = [...words, ...words].map(({ language, words: text }) => say(text, language));
    return voiceTwiml(...twice, hangup());
  }
}
