/** Of staff, and of whom a participant would rather talk to. */
export const genders = ['female', 'male', 'nonbinary'] as const;
export type Gender = (typeof genders)[number];
