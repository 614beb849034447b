import { Body, Controller, Get, Header, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Answers } from '../../paging/answers.service.js';
import { databaseNow } from '../../platform/clock.js';
import { UnitOfWork } from '../../platform/db/unit-of-work.js';
import { Allow } from '../../platform/http/allow.js';
import { PublicAddress } from '../../platform/http/public-address.js';
import { Rejection } from '../../platform/http/rejection.js';
import { isFromOwnSite } from '../../staff/sessions/own-site.js';
import { prepareFailurePage } from '../failures/prepared-page.js';
import { queryOf } from '../help/form-fields.js';
import { type Visit, Visits } from '../help/visits.js';
import { htmlType, renderPage } from '../layout/document.js';
import { titleOf, told } from './told.js';
import { AnsweredPage, NotAnsweredPage, RespondPage } from './respond.page.js';

export type Outcome = Awaited<ReturnType<Answers['answer']>>['outcome'];

export type FoundPage = NonNullable<Awaited<ReturnType<Answers['pageByLink']>>>;

const LinkToken = z.string().max(64);
const Answer = z.object({ answer: z.enum(['take', 'pass']).default('take') });

/** The link of a page. Opening it changes nothing, so that a preview takes nothing. */
@Controller('r')
@Allow('anyone')
export class RespondController {
  constructor(
    private readonly answers: Answers,
    private readonly visits: Visits,
    private readonly unitOfWork: UnitOfWork,
    private readonly address: PublicAddress,
  ) {}

  @Get(':token')
  @Header('Content-Type', htmlType)
  async show(
    @Req() request: FastifyRequest,
    @Param('token', { schema: LinkToken }) token: string,
  ): Promise<string> {
    this.prepare(request, token, null);
    const found = await this.found(token);
    if (!found.live) return this.over(request, found, notWaiting);
    const now = await databaseNow(this.unitOfWork.reader);
    const { page } = found;
    const props = { found, now, action: addressOf(token), next: nextOf(page) };
    return renderPage(<RespondPage {...props} visit={this.visit(request)} />);
  }

  /** The link's own secret stands in the address, so no other site can send this form. */
  @Post(':token')
  @HttpCode(200)
  @Header('Content-Type', htmlType)
  async answer(
    @Req() request: FastifyRequest,
    @Param('token', { schema: LinkToken }) token: string,
    @Body({ schema: Answer.or(z.undefined()) }) body: z.infer<typeof Answer> | undefined,
  ): Promise<string> {
    if (!isFromOwnSite(request.headers, this.address)) {
      throw new Rejection('forbidden', 'This form is not from here.', 'foreign_form');
    }
    const take = body?.answer !== 'pass';
    this.prepare(request, token, take ? 'take' : 'pass');
    const found = await this.found(token);
    if (!found.live) return this.over(request, found, notWaiting);
    const { page } = found;
    if (!found.asks) return this.over(request, found, nothingToTake);
    const proof = { pageId: page.id };
    const { outcome } = await this.answers.answer(take, { page, channel: 'link', proof });
    return this.over(request, found, told(page)[outcome]);
  }

  private async found(token: string): Promise<FoundPage> {
    const found = await this.answers.pageByLink(token);
    if (found === null) throw new Rejection('not_found', 'This link is not known.');
    return found;
  }

  private prepare(request: FastifyRequest, token: string, answer: 'take' | 'pass' | null): void {
    const props = { action: addressOf(token), answer };
    prepareFailurePage(request, () =>
      renderPage(<NotAnsweredPage {...props} visit={this.visit(request)} />),
    );
  }

  private over(request: FastifyRequest, { page }: FoundPage, text: string): string {
    const title = titleOf(page.content);
    const props = { title, text, next: nextOf(page), visit: this.visit(request) };
    return renderPage(<AnsweredPage {...props} />);
  }

  private visit({ url, headers }: FastifyRequest): Visit {
    const language = headers['accept-language'];
    return this.visits.of('/sign-in', queryOf(url), language, { program: null });
  }
}

const addressOf = (token: string): string => `/r/${encodeURIComponent(token)}`;

const nextOf = ({ purpose, subjectId }: FoundPage['page']): string =>
  purpose === 'case' ? `/cases/${subjectId}` : purpose === 'alarm' ? '/supervise' : '/cases';

const nothingToTake =
  'Nothing was changed by this: the page only reminds. Sign in to log a contact, or to decline.';
const notWaiting = 'This page is no longer waiting for an answer.';
