import {
  Body,
  Controller,
  Header,
  HttpCode,
  Param,
  Post,
  Query,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { z } from 'zod';
import { Allow } from '../platform/http/allow.js';
import { ReadLeniently } from '../platform/http/lenient-body.js';
import { Rejection } from '../platform/http/rejection.js';
import { messageTwiml } from '../platform/telephony/twiml.js';
import { Callbacks } from './callbacks.service.js';
import { Callers } from './callers.service.js';
import { NotSignedFilter } from './not-signed.filter.js';
import { PageCalls } from './page-calls.service.js';
import { SignedByProvider } from './signed-by-provider.guard.js';
import { type Contact, SpokenResources } from './spoken-resources.service.js';
import { StaffMessages, type TextAnswer } from './staff-messages.service.js';

// The provider may add fields at any time: what is needed is asked for by its exact name.
const Form = z.record(z.string(), z.string());
const Nonce = z.string().regex(/^[\w-]{16,64}$/);
const counter = (least: number) => z.coerce.number().int().min(least).max(99).catch(least);
const TurnQuery = z.object({ round: counter(1), repeats: counter(0) });
const xml = 'text/xml; charset=utf-8';

@Controller('webhooks/twilio')
@Allow('anyone')
@UseGuards(SignedByProvider)
@UseFilters(NotSignedFilter)
export class WebhooksController {
  constructor(
    private readonly callbacks: Callbacks,
    private readonly messages: StaffMessages,
    private readonly pageCalls: PageCalls,
    private readonly callers: Callers,
    private readonly spoken: SpokenResources,
  ) {}

  @Post('receipts/:nonce')
  @ReadLeniently()
  @HttpCode(204)
  async receipt(
    @Param('nonce', { schema: Nonce }) nonce: string,
    @Body({ schema: Form }) form: z.infer<typeof Form>,
  ): Promise<void> {
    if (await this.callbacks.receipt(nonce, form)) return;
    throw new Rejection('not_found', 'No attempt of ours has this address.', 'unknown_attempt');
  }

  @Post('messages')
  @ReadLeniently()
  @HttpCode(200)
  @Header('Content-Type', xml)
  async message(@Body({ schema: Form }) form: z.infer<typeof Form>): Promise<string> {
    const { To: line = '', From: from = '' } = form;
    return messageTwiml(...(await this.wordsOf(await this.messages.answer(form), { line, from })));
  }

  /** A key pressed in a page's call, or none; the confirmation is spoken only after the commit. */
  @Post('keys/:nonce')
  @ReadLeniently()
  @HttpCode(200)
  @Header('Content-Type', xml)
  keys(
    @Param('nonce', { schema: Nonce }) nonce: string,
    @Query({ schema: TurnQuery }) turn: z.infer<typeof TurnQuery>,
    @Body({ schema: Form }) form: z.infer<typeof Form>,
  ): Promise<string> {
    return this.pageCalls.key(nonce, turn, form);
  }

  @Post('calls')
  @ReadLeniently()
  @HttpCode(200)
  @Header('Content-Type', xml)
  call(@Body({ schema: Form }) form: z.infer<typeof Form>): Promise<string> {
    return this.callers.answer(form);
  }

  private async wordsOf(answer: TextAnswer, contact: Contact): Promise<string[]> {
    if (answer.type === 'silence') return [];
    if (answer.type === 'words') return [answer.words];
    const isMistake = answer.type === 'not_matched';
    const { spoken } = this;
    return [await (isMistake ? spoken.textAfterMistake(contact) : spoken.text(contact))];
  }
}
