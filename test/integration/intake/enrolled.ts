import type { TestProgram } from '../../support/service/program.js';
import { aProgram } from '../../support/service/program.js';

/** A program that has two people on file: `on-file`, and `on-file-es`, who speaks Spanish. */
export function programWithParticipants(): TestProgram {
  const program = aProgram();
  const participants = [
    {
      externalId: 'on-file',
      name: 'Kit Onfile',
      language: 'en',
      phone: { number: '+12025550180', safeToCall: true },
    },
    { externalId: 'on-file-es', name: 'Ana Onfile', language: 'es' },
  ];
  return { ...program, file: { ...program.file, participants } };
}
