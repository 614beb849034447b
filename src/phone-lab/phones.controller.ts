import {
  Body,
  ConflictException,
  Controller,
  Get,
  Param,
  Post,
  Put,
  Req,
  Res,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Call } from './calls/call.js';
import { Calls } from './calls/calls.js';
import { anchorOf } from './page/phone-card.js';
import { Phones, viewOf } from './phones.js';
import { phoneNumber, readInput } from './read-input.js';
import { Inbox } from './texts/inbox.js';

const nameBody = z.strictObject({ name: z.string().max(100) });
const textBody = z.strictObject({ to: phoneNumber, body: z.string().max(1600) });
/** The page's form sends its text field along. */
const callBody = z.strictObject({ to: phoneNumber, body: z.string().optional() });
const keysBody = z.strictObject({ digits: z.string().regex(/^[0-9*#]{1,32}$/) });

/** The phones of the lab, in the hands of a test or of somebody at the page. */
@Controller('lab/phones')
export class PhonesController {
  constructor(
    private readonly phones: Phones,
    private readonly inbox: Inbox,
    private readonly calls: Calls,
  ) {}

  @Get()
  list() {
    return { phones: this.phones.list() };
  }

  @Get(':number')
  view(@Param('number') number: string) {
    return this.phones.view(readInput(phoneNumber, number));
  }

  @Put(':number')
  name(@Param('number') number: string, @Body() body: unknown) {
    const phone = readInput(phoneNumber, number);
    this.phones.name(phone, readInput(nameBody, body).name);
    return this.phones.view(phone);
  }

  @Post(':number/sms')
  async text(
    @Param('number') number: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const text = readInput(textBody, body);
    const sent = await this.inbox.text(readInput(phoneNumber, number), text.to, text.body);
    if (sent === null) throw new ConflictException(`no address is known for texts to ${text.to}`);
    show(request, reply, { id: sent.message.sid, webhook: sent.answer });
  }

  /** Answers when the first words were spoken. */
  @Post(':number/call')
  async call(
    @Param('number') number: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { to } = readInput(callBody, body);
    const call = this.calls.dialIn(readInput(phoneNumber, number), to);
    if (call === null) throw new ConflictException(`no address is known for calls to ${to}`);
    await call.rested();
    show(request, reply, viewOf(call));
  }

  @Post(':number/answer')
  async answer(
    @Param('number') number: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const call = await this.calls.answer(readInput(phoneNumber, number));
    show(request, reply, viewOf(orConflict(call, 'the phone does not ring')));
  }

  @Post(':number/keys')
  async keys(
    @Param('number') number: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { digits } = readInput(keysBody, body);
    const call = await this.calls.press(readInput(phoneNumber, number), digits);
    show(request, reply, viewOf(orConflict(call, 'the phone is not in a call')));
  }

  @Post(':number/hang-up')
  hangUp(
    @Param('number') number: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const call = this.calls.hangUp(readInput(phoneNumber, number));
    show(request, reply, viewOf(orConflict(call, 'the phone is not in a call')));
  }
}

function orConflict(call: Call | null, detail: string): Call {
  if (call === null) throw new ConflictException(detail);
  return call;
}

/** A form of the page goes back to the page; anything else gets JSON. */
function show(request: FastifyRequest, reply: FastifyReply, body: unknown): void {
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form') === true;
  if (!isForm) return void reply.status(201).send(body);
  const { number } = request.params as { number: string };
  void reply.redirect(`/lab#${anchorOf(number)}`, 303);
}
