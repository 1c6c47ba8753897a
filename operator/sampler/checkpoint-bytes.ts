// Pieces of a checkpoint as zipped bytes and back.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

/** Zipped bytes of others could be anything. */
const mostBytes = 128 * 1024 * 1024;

/** Tells whether bytes are those that were written. */
export function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64url');
}

/** Texts, then chunks, each with its length before it. */
export function zipPieces(texts: readonly string[], chunks: readonly Uint8Array[]): Promise<Buffer> {
  const pieces = [...texts.map((text) => Buffer.from(text)), ...chunks];
  const packed = Buffer.concat(
    pieces.flatMap((piece) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(piece.length);
      return [length, piece];
    }),
  );
  return promisify(gzip)(packed);
}

/** The pieces again. @throws Error for what was not zipped so */
export async function unzipPieces(zipped: Buffer): Promise<Buffer[]> {
  const bytes = await promisify(gunzip)(zipped, { maxOutputLength: mostBytes });
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 4 + bytes.readUInt32LE(at);
    if (end > bytes.length) throw new RangeError('expected more bytes');
    pieces.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return pieces;
}
