import type { TestProgram } from '../../support/service/program.js';
import { aProgram } from '../../support/service/program.js';

/**
 * A program that has people on file: `on-file`; `on-file-es`, who speaks Spanish; `young` by the
 * year of birth; `marked-young` by a mark.
 */
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
    { externalId: 'young', name: 'Sam Onfile', birthYear: yearOfBirth(12) },
    { externalId: 'marked-young', name: 'Max Onfile', minor: true },
  ];
  return { ...program, file: { ...program.file, participants } };
}

/** Of somebody who turns this old in the present year. */
export const yearOfBirth = (age: number): number => new Date().getUTCFullYear() - age;
