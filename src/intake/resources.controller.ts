import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Allow } from '../platform/http/allow.js';
import { Documented } from '../platform/http/reference/documented.js';
import { Programs } from '../programs/programs.service.js';
import { Resources } from '../resources/resources.service.js';
import { resourcesAnswer } from './reading/flag-reference.js';

// Lenient: whatever cannot be used is as good as not said, and never an error.
const said = z.union([z.string(), z.array(z.string()).transform((all) => all[0])]).optional();
const ResourcesAsked = z.object({
  country: said,
  region: said,
  language: said,
  program: said,
  audience: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((value) => [value ?? []].flat().flatMap((one) => one.split(','))),
});

@Controller('v1/resources')
@Allow('anyone')
export class ResourcesController {
  constructor(
    private readonly resources: Resources,
    private readonly programs: Programs,
  ) {}

  @Get()
  @Documented({ answers: { 200: { description: 'Never empty', schema: resourcesAnswer } } })
  list(@Query({ schema: ResourcesAsked }) asked: z.infer<typeof ResourcesAsked>) {
    const program = asked.program ? this.programs.remembers(asked.program) : null;
    return this.resources.forRequest({
      ...asked,
      audience: asked.audience.map((tag) => tag.trim()).filter(Boolean),
      fallbackCountry: program?.country,
    });
  }
}
