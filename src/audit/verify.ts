import { chainHash, genesisHash } from './chain.js';

/** One event as found, ready to be checked. */
export interface Link {
  stream: string;
  seq: number;
  /** Canonical form; null when what was found is not in canonical form. */
  record: string | null;
  prevHash: Buffer;
  hash: Buffer;
}

type Break =
  | 'unreadable'
  | 'missing'
  | 'out_of_order'
  | 'not_canonical'
  | 'prev_hash_differs'
  | 'hash_differs';

export interface Verification {
  ok: boolean;
  /** Events found intact, before the first broken one. */
  events: number;
  streams: number;
  firstBroken?: { stream: string; seq: number; why: Break };
}

/**
 * Checks every stream from its first event on and stops at the first broken event. Links come
 * sorted by stream (as bytes) and seq; null stands for something that could not be read at all.
 * Events cut off at a stream's end leave no trace in the chain.
 */
export async function verifyChain(links: AsyncIterable<Link | null>): Promise<Verification> {
  let previous = { stream: '', seq: 0, hash: genesisHash('') };
  let events = 0;
  let streams = 0;
  for await (const link of links) {
    if (link !== null && link.stream > previous.stream) {
      previous = { stream: link.stream, seq: 0, hash: genesisHash(link.stream) };
      streams += 1;
    }
    const why = breakOf(previous, link);
    if (why !== null) {
      const firstBroken = { stream: previous.stream, seq: previous.seq + 1, why };
      return { ok: false, events, streams, firstBroken };
    }
    if (link !== null) previous = link;
    events += 1;
  }
  return { ok: true, events, streams };
}

type Previous = Pick<Link, 'stream' | 'seq' | 'hash'>;

function breakOf(previous: Previous, link: Link | null): Break | null {
  if (link === null) return 'unreadable';
  if (link.stream !== previous.stream || link.seq <= previous.seq) return 'out_of_order';
  if (link.seq !== previous.seq + 1) return 'missing';
  if (link.record === null) return 'not_canonical';
  if (!link.prevHash.equals(previous.hash)) return 'prev_hash_differs';
  return chainHash(link.prevHash, link.record).equals(link.hash) ? null : 'hash_differs';
}
