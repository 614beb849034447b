import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { CallBook } from './calls/call-book.js';
import { faultRuleSchema, type FaultRule } from './faults/fault.js';
import { Faults } from './faults/faults.js';
import { LabLog } from './network/lab-log.js';
import { Lines } from './network/lines.js';
import { Timers } from './network/timers.js';
import { Webhooks } from './network/webhooks.js';
import { PhoneNumber } from './phone-number.js';
import { Messages } from './texts/messages.js';
import { OptOuts } from './texts/opt-outs.js';

const LineAddresses = z.strictObject({ smsUrl: z.url().optional(), voiceUrl: z.url().optional() });

/** The lab itself: what goes wrong in it, what it has seen, and how to begin anew. */
@Controller('lab')
export class LabController {
  constructor(
    private readonly faults: Faults,
    private readonly lines: Lines,
    private readonly log: LabLog,
    private readonly messages: Messages,
    private readonly callBook: CallBook,
    private readonly optOuts: OptOuts,
    private readonly timers: Timers,
    private readonly webhooks: Webhooks,
  ) {}

  @Get('faults')
  listFaults() {
    return { faults: this.faults.list() };
  }

  @Post('faults')
  addFault(@Body({ schema: faultRuleSchema }) rule: FaultRule) {
    this.faults.add(rule);
    return rule;
  }

  @Delete('faults')
  @HttpCode(204)
  clearFaults(): void {
    this.faults.clear();
  }

  @Put('lines/:number')
  @HttpCode(204)
  setLine(
    @Param('number', { schema: PhoneNumber }) number: string,
    @Body({ schema: LineAddresses }) addresses: z.infer<typeof LineAddresses>,
  ): void {
    this.lines.set(number, addresses);
  }

  @Get('requests')
  requests() {
    return { requests: this.log.requests };
  }

  @Get('callbacks')
  callbacks() {
    return { callbacks: this.log.callbacks };
  }

  @Get('problems')
  problems() {
    return { problems: this.log.problems };
  }

  /** Everything but the lines and the phones' names. */
  @Delete('state')
  @HttpCode(204)
  reset(): void {
    this.timers.clear();
    this.webhooks.reset();
    this.faults.clear();
    this.messages.clear();
    this.callBook.clear();
    this.optOuts.clear();
    this.log.clear();
  }
}
