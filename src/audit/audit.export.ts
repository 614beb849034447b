import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { StoredEvent } from './audit-events.store.js';
import { canonicalForm, type JsonObject } from './rules/canonical.js';
import { recordOf } from './rules/event.js';
import { fromStored } from './stored-event.js';
import { verifyChain, type Link, type Verification } from './verify.js';

export type { Verification };

/** One line of an export, newline included: the hashed record and its two hashes. */
export function lineOf(row: StoredEvent): string {
  return `${lineWith(recordOf(fromStored(row)), row.hash, row.prevHash)}\n`;
}

// Canonical JSON itself: its three members are in order, and the record is in canonical form.
function lineWith(record: string, hash: Buffer, prevHash: Buffer): string {
  const [own, previous] = [hash.toString('base64url'), prevHash.toString('base64url')];
  return `{"event":${record},"hash":"${own}","prevHash":"${previous}"}`;
}

/** Checks an export without a database. A file that cannot be opened throws. */
export async function verifyAuditFile(path: string): Promise<Verification> {
  return verifyChain(linksOf(path));
}

async function* linksOf(path: string): AsyncIterable<Link | null> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
  for await (const line of lines) yield linkOf(line);
}

function linkOf(line: string): Link | null {
  const { event, hash: own, prevHash: previous } = parse(line) ?? {};
  if (typeof own !== 'string' || typeof previous !== 'string' || !isObject(event)) return null;
  const { stream, seq } = event;
  if (typeof stream !== 'string' || typeof seq !== 'number') return null;
  const [hash, prevHash] = [Buffer.from(own, 'base64url'), Buffer.from(previous, 'base64url')];
  const record = canonicalOrNull(event);
  const asWritten = record !== null && lineWith(record, hash, prevHash) === line;
  return { stream, seq, record: asWritten ? record : null, prevHash, hash };
}

function parse(line: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : null;
  } catch {
    return null; // The line is reported as unreadable.
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function canonicalOrNull(event: JsonObject): string | null {
  try {
    return canonicalForm(event);
  } catch {
    return null; // Fractions or lone surrogates: no event has them, so it is reported as broken.
  }
}
