import { Injectable } from '@nestjs/common';
import { ProblemExtras, type FailedRequest } from '../platform/http/problem.js';
import { Resources } from './resources.service.js';
import type { ResourcesAnswer } from './rules/answer.js';
import { readResourceQuery } from './rules/request-query.js';

/** Puts emergency resources into every problem, by what the address and the browser say. */
@Injectable()
export class ResourceExtras extends ProblemExtras {
  constructor(private readonly resources: Resources) {
    super();
  }

  override forRequest({ url, headers }: FailedRequest): Pick<ResourcesAnswer, 'resources'> {
    const { resources } = this.resources.forRequest(
      readResourceQuery(url, headers['accept-language']),
    );
    return { resources };
  }
}
