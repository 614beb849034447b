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
import { PhoneNumber } from './phone-number.js';
import { Phones, viewOf } from './phones.js';
import { Inbox } from './texts/inbox.js';

const Naming = z.strictObject({ name: z.string().max(100) });
const OutgoingText = z.strictObject({ to: PhoneNumber, body: z.string().max(1600) });
/** The page's form sends its text field along. */
const OutgoingCall = z.strictObject({ to: PhoneNumber, body: z.string().optional() });
const PressedKeys = z.strictObject({ digits: z.string().regex(/^[0-9*#]{1,32}$/) });

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
  view(@Param('number', { schema: PhoneNumber }) number: string) {
    return this.phones.view(number);
  }

  @Put(':number')
  name(
    @Param('number', { schema: PhoneNumber }) number: string,
    @Body({ schema: Naming }) { name }: z.infer<typeof Naming>,
  ) {
    this.phones.name(number, name);
    return this.phones.view(number);
  }

  @Post(':number/sms')
  async text(
    @Param('number', { schema: PhoneNumber }) number: string,
    @Body({ schema: OutgoingText }) text: z.infer<typeof OutgoingText>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const sent = await this.inbox.text(number, text.to, text.body);
    if (sent === null) throw new ConflictException(`no address is known for texts to ${text.to}`);
    show(request, reply, { id: sent.message.sid, webhook: sent.answer });
  }

  /** Answers when the first words were spoken. */
  @Post(':number/call')
  async call(
    @Param('number', { schema: PhoneNumber }) number: string,
    @Body({ schema: OutgoingCall }) { to }: z.infer<typeof OutgoingCall>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const call = this.calls.dialIn(number, to);
    if (call === null) throw new ConflictException(`no address is known for calls to ${to}`);
    await call.rested();
    show(request, reply, viewOf(call));
  }

  @Post(':number/answer')
  async answer(
    @Param('number', { schema: PhoneNumber }) number: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const call = await this.calls.answer(number);
    show(request, reply, viewOf(orConflict(call, 'the phone does not ring')));
  }

  @Post(':number/keys')
  async keys(
    @Param('number', { schema: PhoneNumber }) number: string,
    @Body({ schema: PressedKeys }) { digits }: z.infer<typeof PressedKeys>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const call = await this.calls.press(number, digits);
    show(request, reply, viewOf(orConflict(call, 'the phone is not in a call')));
  }

  @Post(':number/hang-up')
  hangUp(
    @Param('number', { schema: PhoneNumber }) number: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const call = this.calls.hangUp(number);
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
