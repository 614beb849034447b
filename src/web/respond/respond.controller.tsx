import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Answers } from '../../paging/answers.service.js';
import type { AnswerResult } from '../../paging/purposes.js';
import { Allow } from '../../platform/http/allow.js';
import { Rejection } from '../../platform/http/rejection.js';
import { renderPage } from '../page.js';
import { AnsweredPage, RespondPage } from './respond.page.js';

const LinkToken = z.string().max(64);
const Answer = z.object({ answer: z.enum(['take', 'pass']).default('take') });
const html = 'text/html; charset=utf-8';

/** The link of a page. Opening it changes nothing, so that a preview takes nothing. */
@Controller('r')
@Allow('anyone')
export class RespondController {
  constructor(private readonly answers: Answers) {}

  @Get(':token')
  @Header('Content-Type', html)
  async show(@Param('token', { schema: LinkToken }) token: string): Promise<string> {
    const found = await this.answers.pageByLink(token);
    if (found === null) throw unknownLink();
    if (!found.live) {
      const text = 'This page is no longer waiting for an answer.';
      return renderPage(<AnsweredPage title={`Case ${found.page.content.ref}`} text={text} />);
    }
    return renderPage(<RespondPage content={found.page.content} action={`/r/${token}`} />);
  }

  @Post(':token')
  @HttpCode(200)
  @Header('Content-Type', html)
  async answer(
    @Param('token', { schema: LinkToken }) token: string,
    @Body({ schema: Answer.or(z.undefined()) }) body: z.infer<typeof Answer> | undefined,
  ): Promise<string> {
    const found = await this.answers.pageByLink(token);
    if (found === null) throw unknownLink();
    const { page, live } = found;
    const title = `Case ${page.content.ref}`;
    if (!live) {
      const text = 'This page is no longer waiting for an answer.';
      return renderPage(<AnsweredPage title={title} text={text} />);
    }
    const take = body?.answer !== 'pass';
    const proof = { pageId: page.id };
    const { outcome } = await this.answers.answer(take, { page, channel: 'link', proof });
    return renderPage(<AnsweredPage title={title} text={told[outcome]} />);
  }
}

const told: Record<AnswerResult['outcome'], string> = {
  taken: 'You have taken this case. Sign in to see whom to call, and log the contact.',
  already_yours: 'This case is already yours. Sign in to see whom to call.',
  taken_by_other: 'Another clinician has taken this case. You need to do nothing.',
  declined: 'You passed on this case. The next person is being paged.',
  over: 'This case no longer waits for an answer. You need to do nothing.',
};

const unknownLink = () => new Rejection('not_found', 'This link is not known.');
