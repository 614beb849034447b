import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { chainHash, genesisHash } from '../../../src/audit/chain.js';
import { verifyChain, type Link } from '../../../src/audit/verify.js';

const anyRecords = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 3, maxLength: 12 });

function chainOf(stream: string, records: readonly string[]): Link[] {
  let prevHash = genesisHash(stream);
  return records.map((record, at) => {
    const link = { stream, seq: at + 1, record, prevHash, hash: chainHash(prevHash, record) };
    prevHash = link.hash;
    return link;
  });
}

async function* listed(links: readonly (Link | null)[]): AsyncIterable<Link | null> {
  yield* links;
}

const two = (records: readonly string[]): Link[] => [
  ...chainOf('case:a', records),
  ...chainOf('case:b', records),
];

describe('a hash chain', () => {
  it('is SHA-256 over 0x02, the previous hash and the record, from a genesis per stream', () => {
    const genesis = createHash('sha256').update('audit-genesis:config').digest();
    const input = Buffer.concat([Buffer.of(2), genesis, Buffer.from('{"ü":1}', 'utf8')]);
    expect(genesisHash('config')).toEqual(genesis);
    expect(chainHash(genesis, '{"ü":1}')).toEqual(createHash('sha256').update(input).digest());
  });

  it('verifies when nothing was touched', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecords, async (records) => {
        const found = await verifyChain(listed(two(records)));
        expect(found).toEqual({ ok: true, events: records.length * 2, streams: 2 });
      }),
    );
  });

  it('names the first event that was edited', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecords, fc.nat(), async (records, pick) => {
        const links = two(records);
        const at = pick % links.length;
        const victim = links[at]!;
        links[at] = { ...victim, record: `${victim.record}!` };
        const { stream, seq } = victim;
        const found = await verifyChain(listed(links));
        expect(found.firstBroken).toEqual({ stream, seq, why: 'hash_differs' });
        expect(found).toMatchObject({ ok: false, events: at });
      }),
    );
  });

  it('names the event after an edit that also renewed its own hash', async () => {
    const links = chainOf('case:a', ['one', 'two', 'three']);
    const hash = chainHash(links[1]!.prevHash, 'forged');
    links[1] = { ...links[1]!, record: 'forged', hash };
    const found = await verifyChain(listed(links));
    expect(found.firstBroken).toEqual({ stream: 'case:a', seq: 3, why: 'prev_hash_differs' });
  });

  it('names the missing event, also a first one', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecords, fc.nat(), async (records, pick) => {
        const links = chainOf('case:a', records);
        const gone = pick % (links.length - 1);
        const found = await verifyChain(listed(links.toSpliced(gone, 1)));
        expect(found.firstBroken).toEqual({ stream: 'case:a', seq: gone + 1, why: 'missing' });
      }),
    );
  });

  it.each([
    ['twice', [0, 0, 1], { stream: 'case:a', seq: 2, why: 'out_of_order' }],
    ['in another order', [0, 2, 1], { stream: 'case:a', seq: 2, why: 'missing' }],
    [
      'after a later stream',
      [0, 1, 2, 3, 4, 5, 0],
      { stream: 'case:b', seq: 4, why: 'out_of_order' },
    ],
  ])('refuses an event that comes %s', async (_when, order, firstBroken) => {
    const links = two(['one', 'two', 'three']);
    const found = await verifyChain(listed(order.map((at) => links[at]!)));
    expect(found.firstBroken).toEqual(firstBroken);
  });

  it('refuses an event moved to another stream', async () => {
    const moved = chainOf('case:a', ['one']).map((link) => ({ ...link, stream: 'case:b' }));
    const found = await verifyChain(listed(moved));
    expect(found.firstBroken).toEqual({ stream: 'case:b', seq: 1, why: 'prev_hash_differs' });
  });

  it('says where it could not read on', async () => {
    const found = await verifyChain(listed([...chainOf('case:a', ['one']), null]));
    expect(found.firstBroken).toEqual({ stream: 'case:a', seq: 2, why: 'unreadable' });
  });
});
