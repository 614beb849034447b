import { Controller, Get, Header, Param } from '@nestjs/common';
import { z } from 'zod';
import { hashToken } from '../../../platform/crypto/tokens.js';
import { Allow } from '../../../platform/http/allow.js';
import { Documented } from '../../../platform/http/reference/documented.js';
import { Rejection } from '../../../platform/http/rejection.js';
import { FeedContents } from './feed-contents.service.js';
import { FeedLimits } from './feed-limits.js';

const Token = z.string();
const answers = {
  200: { description: 'An iCalendar file: shifts from 7 days back to 90 days ahead' },
  404: { description: 'No such calendar, or none any more' },
  429: { description: 'Read too often within a minute' },
};

/** Open to whoever holds the address, as calendar programs cannot sign in. */
@Controller('calendars')
@Allow('anyone')
export class CalendarsController {
  constructor(
    private readonly contents: FeedContents,
    private readonly limits: FeedLimits,
  ) {}

  @Get(':token.ics')
  @Header('Content-Type', 'text/calendar; charset=utf-8')
  @Documented({ answers })
  async show(@Param('token', { schema: Token }) token: string): Promise<string> {
    if (!this.limits.mayRead(hashToken(token).toString('hex'))) {
      throw new Rejection('too_many_requests', 'This calendar is read too often.');
    }
    const text = await this.contents.text(token);
    if (text === null) throw new Rejection('not_found', 'There is no such calendar.');
    return text;
  }
}
