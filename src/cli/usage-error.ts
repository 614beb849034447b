/** The operator asked for something that cannot be done as written: exit code 64, no stack. */
export class UsageError extends Error {}
