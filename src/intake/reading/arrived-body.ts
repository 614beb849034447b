import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
} from 'node:zlib';
import type { LenientBody } from '../../platform/http/lenient-body.js';
import { decodeText } from '../rules/decode-text.js';
import type { RawFlag } from './read-flag.js';

/** As many as are read of a body that is not compressed. */
const bytesMax = 64 * 1024;
const layersMax = 3;

/** A body as text, with its compression undone where there was one. */
export interface ArrivedBody extends RawFlag {
  /** What is kept of it: the text, or the bytes as they came. */
  raw: string;
}

/** Never throws, and holds no more than 64 KB of what a small body may grow to. */
export async function openBody(body: LenientBody, encoding?: string): Promise<ArrivedBody> {
  const opened = await unpack(body.raw, encoding ?? '');
  const isSealed = opened === null;
  const bytes = opened ?? body.raw;
  const decoded = decodeText(bytes.subarray(0, bytesMax));
  const truncated = body.truncated || bytes.length > bytesMax;
  const isText = !isSealed || !decoded.damaged;
  return {
    text: isText ? decoded.text : '',
    damaged: isText && decoded.damaged,
    contentType: body.contentType,
    truncated,
    isSealed,
    raw: isText ? decoded.text : `data:;base64,${body.raw.toString('base64')}`,
  };
}

/** Null when one of the layers is none that we know, or not what it is said to be. */
async function unpack(raw: Buffer, encoding: string): Promise<Buffer | null> {
  const names = encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  const layers = names.filter((name) => name !== '' && name !== 'identity').toReversed();
  if (layers.length > layersMax) return null;
  let bytes: Buffer | null = raw;
  for (const layer of layers) bytes = bytes && (await open(bytes, layer));
  return bytes;
}

/** One that was cut gives what is in front of the cut. */
const cut = { finishFlush: constants.Z_SYNC_FLUSH };
const cutBrotli = { finishFlush: constants.BROTLI_OPERATION_FLUSH };

async function open(bytes: Buffer, layer: string): Promise<Buffer | null> {
  switch (layer) {
    case 'gzip':
    case 'x-gzip':
      return drain(createGunzip(cut), bytes);
    case 'br':
      return drain(createBrotliDecompress(cutBrotli), bytes);
    case 'deflate':
      // Some send it without its wrapping.
      return (await drain(createInflate(cut), bytes)) ?? drain(createInflateRaw(cut), bytes);
    default:
      return null;
  }
}

type Opener = ReturnType<typeof createGunzip | typeof createBrotliDecompress>;

async function drain(opener: Opener, bytes: Buffer): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  opener.end(bytes);
  try {
    for await (const chunk of opener as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > bytesMax) break;
    }
  } catch {
    // Safe: what was opened before the fault is kept; without any, the bytes are kept as they came.
    if (length === 0) return null;
  }
  return length === 0 && bytes.length > 0 ? null : Buffer.concat(chunks);
}
