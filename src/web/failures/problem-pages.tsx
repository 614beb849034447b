import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type FailedRequest, type Problem, ProblemExtras } from '../../platform/http/problem.js';
import { queryOf } from '../help/form-fields.js';
import { MessagePage } from '../help/help.page.js';
import { Remembered } from '../help/remembered.js';
import { type Visit, Visits } from '../help/visits.js';
import { renderPage } from '../layout/document.js';
import { SignInPage } from '../sign-in/sign-in.page.js';
import { preparedPage } from './prepared-page.js';
import { StaffProblemPage } from './staff-problem.page.js';

const forMachines = /^\/(v1|webhooks|health|metrics|openapi\.json|lab|assets)(\/|$)/;
const forStaff = /^\/(cases|supervise|on-call|sign-in|sign-out|r)(\/|$)/;
const forParticipants = /^\/help(\/|$)/;

/** Failures as pages, for whoever asked for a page: with resources, and never a dead end. */
@Injectable()
export class ProblemPages implements OnModuleInit {
  constructor(
    private readonly extras: ProblemExtras,
    private readonly visits: Visits,
    private readonly remembered: Remembered,
  ) {}

  onModuleInit(): void {
    this.extras.showPages((problem, request) => this.page(problem, request));
  }

  private page(problem: Problem, request: FailedRequest): string | null {
    const path = pathOf(request.url);
    if (forMachines.test(path)) return null;
    const isOurs = forStaff.test(path) || forParticipants.test(path);
    if (!isOurs && !request.headers.accept?.includes('text/html')) return null;
    const prepared = preparedPage(problem);
    if (prepared !== null) return prepared;
    const { url, headers } = request;
    const known = this.remembered.of(path);
    const visit = this.visits.of(path, queryOf(url), headers['accept-language'], known);
    if (forStaff.test(path)) return staffPage(problem, path, visit);
    return renderPage(<MessagePage visit={visit} path={path} text={textFor(problem, visit)} />);
  }
}

function staffPage(problem: Problem, path: string, visit: Visit): string {
  if (problem.status !== 401) {
    return renderPage(<StaffProblemPage problem={problem} visit={visit} />);
  }
  const said = problem.code === 'idle' ? problem.detail : null;
  return renderPage(<SignInPage next={pageToReturnTo(path)} said={said} visit={visit} />);
}

/** What was asked for, or for a form the page it stands on. */
const pageToReturnTo = (path: string): string => /^\/cases\/[\w-]+/.exec(path)?.[0] ?? path;

function textFor({ status }: Problem, { say }: Visit): string {
  if (status === 404) return say('answer.not_found');
  return say(status < 500 ? 'answer.not_understood' : 'answer.went_wrong');
}

/** A path even of an address that is none. */
const pathOf = (url: string): string => (/^\/[^?#]*/.exec(url)?.[0] ?? '/').slice(0, 200);
