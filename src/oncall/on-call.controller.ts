import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../platform/db/unit-of-work.js';
import { Allow } from '../platform/http/allow.js';
import { Documented } from '../platform/http/reference/documented.js';
import { Caller } from '../staff/caller.js';
import { Rights } from '../staff/rights.service.js';
import type { Person } from '../staff/rules/permissions.js';
import { needs } from '../programs/rules/needs.js';
import { OnCallSteps } from './on-call-steps.service.js';

const OnCallAsked = z.object({
  program: z.string().max(40),
  at: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
  acuity: z.enum(['EMERGENT', 'URGENT', 'PRIORITY', 'ROUTINE']).default('URGENT'),
  need: z.enum(needs).optional(),
});

const Turn = z.object({ id: z.string(), name: z.string().nullable(), why: z.string() });
const Steps = z.array(z.object({ step: z.int(), people: z.array(Turn) }));

const OnCallAnswer = z.object({
  at: z.iso.datetime(),
  acuity: z.string(),
  need: z.enum(needs).nullable(),
  steps: Steps.describe(
    'In the order they are paged, the backstop last; a step without people is passed over at ' +
      'once. As for somebody without staff of their own and without preferences.',
  ),
});
type OnCallAnswer = z.infer<typeof OnCallAnswer>;

@Controller('v1/on-call')
@Allow('staff')
export class OnCallController {
  constructor(
    private readonly steps: OnCallSteps,
    private readonly rights: Rights,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Whom a flag raised at `at`, now by default, would page by the policy in force now. */
  @Get()
  @Documented({ answers: { 200: { description: 'By steps', schema: OnCallAnswer } } })
  async show(
    @Caller() person: Person,
    @Query({ schema: OnCallAsked }) asked: z.infer<typeof OnCallAsked>,
  ): Promise<OnCallAnswer> {
    const program = await this.rights.program(person, {
      key: asked.program,
      permission: 'staff',
      handler: 'OnCallController.show',
    });
    return this.unitOfWork.run(async (tx) => {
      const { at = tx.now, acuity, need = null } = asked;
      const steps = await this.steps.of(tx, { program, at, acuity, need });
      return {
        at: at.toISOString(),
        acuity,
        need,
        steps: steps.map(({ step, people }) => ({
          step,
          people: people.map(({ id, name, why }) => ({ id, name, why })),
        })),
      };
    });
  }
}
