import { randomUUID } from 'node:crypto';

/** An id shaped like the provider's: two letters and 32 hexadecimal digits. */
export const newSid = (prefix: 'SM' | 'CA'): string => prefix + randomUUID().replaceAll('-', '');
