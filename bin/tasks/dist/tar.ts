// A tar.gz of a few regular files: the same bytes from the same files on every machine.
import { gzipSync } from 'node:zlib';
import type { ArchiveFile } from './archive-file.ts';

const BLOCK = 512;

/** ustar, owned by nobody in particular, from 1970. Names up to 100 bytes. */
export function createTarGz(files: readonly ArchiveFile[]): Buffer {
  const blocks = files.flatMap(({ content, ...file }) => [
    toHeader({ ...file, size: content.length }),
    content,
    Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK),
  ]);
  const archive = gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]), { level: 9 });
  // Which system compressed it is nobody's business, and no two say the same: 255 is unknown.
  archive[9] = 255;
  return archive;
}

function toHeader({ name, mode, size }: { name: string; mode: number; size: number }): Buffer {
  const header = Buffer.alloc(BLOCK);
  const put = (text: string, offset: number) => void header.write(text, offset, 'latin1');
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  put(name, 0);
  put(octal(mode, 7), 100);
  put(octal(0, 7), 108);
  put(octal(0, 7), 116);
  put(octal(size, 11), 124);
  put(octal(0, 11), 136);
  // The sum counts its own field as spaces.
  put(' '.repeat(8), 148);
  put('0', 156);
  put('ustar\x0000', 257);
  put(
    `${octal(
      header.reduce((sum, byte) => sum + byte, 0),
      6,
    )} `,
    148,
  );
  return header;
}
