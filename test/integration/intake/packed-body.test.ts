import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { expectHelp, post, stored } from './posting.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const sent = JSON.stringify({ text: 'it is bad', danger: { meansAtHand: true } });
const huge = JSON.stringify({ danger: { meansAtHand: true }, text: 'a'.repeat(5 * 1024 * 1024) });
const notUnderstood = 'content_encoding_not_understood';

describe('a compressed body', () => {
  it.each<[what: string, encoding: string, body: Buffer]>([
    ['by gzip', 'gzip', gzipSync(sent)],
    ['by gzip, in capitals', 'GZIP', gzipSync(sent)],
    ['by deflate', 'deflate', deflateSync(sent)],
    ['by deflate without wrapping', 'deflate', deflateRawSync(sent)],
    ['by brotli', 'br', brotliCompressSync(sent)],
    ['twice', 'gzip, br', brotliCompressSync(gzipSync(sent))],
    ['not at all', 'identity', Buffer.from(sent)],
  ])('%s is read, and kept opened', async (_what, encoding, body) => {
    const answer = await post(service, { body, headers: { 'content-encoding': encoding } });

    expect(answer.status).toBe(201);
    expect(answer.body.warnings).toEqual([]);
    expect(answer.body.case).toMatchObject({ acuity: 'EMERGENT' });
    expect(await stored(service, answer.body.flag.id)).toMatchObject({
      raw: sent,
      text: 'it is bad',
    });
  });

  it.each<[what: string, body: Buffer]>([
    ['grows beyond 64 KB', gzipSync(huge)],
    ['was cut', gzipSync(huge).subarray(0, 3_000)],
  ])('that %s is read as far as it goes', async (_what, body) => {
    const answer = await post(service, { body, headers: { 'content-encoding': 'gzip' } });

    expect(answer.status).toBe(201);
    expect(answer.body.case).toMatchObject({ acuity: 'EMERGENT' });
    expect((await stored(service, answer.body.flag.id)).raw.length).toBe(64 * 1024);
  });

  it.each<[what: string, encoding: string, body: Buffer]>([
    ['in a way nobody knows', 'zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xff])],
    ['too often', 'gzip,gzip,gzip,gzip', gzipSync(sent)],
    ['and broken', 'gzip', Buffer.from([0x1f, 0x8b, 0xff, 0xff, 0x80])],
  ])('%s is kept byte by byte, and paged', async (_what, encoding, body) => {
    const answer = await post(service, { body, headers: { 'content-encoding': encoding } });

    expect(answer.status).toBe(201);
    expect(answer.body.warnings).toContain(notUnderstood);
    expect(answer.body.case).toMatchObject({ acuity: 'URGENT', state: 'paging' });
    expectHelp(answer.body.resources);
    const { raw } = await stored(service, answer.body.flag.id);
    expect(raw).toBe(`data:;base64,${body.toString('base64')}`);
  });

  it('that is said to be one and is plain text is read as such', async () => {
    const answer = await post(service, { body: sent, headers: { 'content-encoding': 'gzip' } });

    expect(answer.body.warnings).toEqual([notUnderstood]);
    expect(answer.body.case).toMatchObject({ acuity: 'EMERGENT' });
  });
});
