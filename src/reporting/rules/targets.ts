/** Seconds from the accepted flag within which each acuity is to be met; null: no target. */
export interface Targets {
  firstPage: number;
  acknowledged: number;
  attempted: number | null;
  inContact: number | null;
}

export type ReportedAcuity = 'EMERGENT' | 'URGENT' | 'PRIORITY' | 'ROUTINE';

export const targets: Readonly<Record<ReportedAcuity, Targets>> = {
  EMERGENT: { firstPage: 10, acknowledged: 120, attempted: 300, inContact: 600 },
  URGENT: { firstPage: 10, acknowledged: 300, attempted: 600, inContact: 1_200 },
  PRIORITY: { firstPage: 10, acknowledged: 900, attempted: null, inContact: null },
  ROUTINE: { firstPage: 10, acknowledged: 3_600, attempted: null, inContact: null },
};

/** Shown beside every figure, so that nobody reads more into it than it says. */
export const definitions = {
  M1:
    'Resource display: flags answered with emergency resources in the same response, of all ' +
    'flags that a participant raised.',
  M2: 'Time to first page: from the accepted flag to the first page the phone provider accepted.',
  M3: 'Time to acknowledge: from the accepted flag to the first human who took the case.',
  M4: 'Time to first attempt: from the accepted flag to the first logged try at a contact.',
  M5: 'Time to human contact: from the accepted flag to the first contact that reached the person.',
  M6: 'Within target: cases that met the target of M3, and of M4 where there is one, of all cases.',
  population:
    'By the acuity the case opened with. Nights, weekends, exhausted and unanswered cases are ' +
    'all counted; one without an answer counts as endless and as outside its target, also while ' +
    'it is still waiting. Drills and cases entered in error are left out. A percentile that ' +
    'falls among unanswered cases has no value, and reads as never.',
} as const;
