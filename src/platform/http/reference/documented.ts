import { SetMetadata } from '@nestjs/common';
import type { z } from 'zod';

export const DOCUMENTED = 'handrail:documented';

/** What the reference says of a route beyond what its own code shows. */
export interface Documentation {
  /** What a body holds that is read leniently, and so has no schema that could refuse it. */
  body?: z.ZodType;
  /** The bearer token it takes although it is open to anyone. */
  bearer?: string;
  /** By status: what the answer means and, unless it is a problem, what is in it. */
  answers: Readonly<Record<number, Answer>>;
}

interface Answer {
  description: string;
  schema?: z.ZodType;
}

/** On a controller it holds for all handlers that say nothing of their own. */
export const Documented = (documentation: Documentation): MethodDecorator & ClassDecorator =>
  SetMetadata(DOCUMENTED, documentation);
