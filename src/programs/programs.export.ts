import type { z } from 'zod';
import type { programFile } from './programs.apply.js';
import type { Program } from './programs.service.js';

/** As a program's file writes it; keys are kept as hashes only and cannot be shown again. */
export function programForm(
  program: Program,
): Omit<z.input<typeof programFile>, 'integrationKeys'> {
  const { key, name, country, region, zone, language, lines } = program;
  return { key, name, country, ...(region !== null && { region }), zone, language, lines };
}
