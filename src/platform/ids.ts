import { randomUUID } from 'node:crypto';

/** A new opaque row id. */
export const newId = (): string => randomUUID();
