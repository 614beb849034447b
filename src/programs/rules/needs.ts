/** What a flag may say it is about. */
export const needs = ['crisis', 'coaching', 'medication', 'session'] as const;
export type Need = (typeof needs)[number];
