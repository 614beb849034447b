import { createHash } from 'node:crypto';

// Tells an event's hash from the leaves (0x00) and nodes (0x01) of an RFC 6962 tree above it.
const eventPrefix = Buffer.of(2);

/** Stands before a stream's first event. */
export function genesisHash(stream: string): Buffer {
  return createHash('sha256').update('audit-genesis:').update(stream, 'utf8').digest();
}

/** Binds an event's canonical record to everything before it in its stream. */
export function chainHash(prevHash: Buffer, record: string): Buffer {
  return createHash('sha256').update(eventPrefix).update(prevHash).update(record, 'utf8').digest();
}
