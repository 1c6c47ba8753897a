// A zip of a few regular files: the same bytes from the same files on every machine.
import { crc32, deflateRawSync } from 'node:zlib';
import type { ArchiveFile } from './archive-file.ts';

/** 1 January 1980, the oldest that the format can say. */
const DATE = 0x21;
/** Version 2.0 of the format, made on Unix, so that the permissions count. */
const VERSION = 20;
const MADE_ON_UNIX = (3 << 8) | VERSION;
const DEFLATED = 8;
const REGULAR_FILE = 0o100000;

/** Deflated, without extra fields. Names in ASCII, files under 4 GiB. */
export function createZip(files: readonly ArchiveFile[]): Buffer {
  const parts: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const { name, mode, content } of files) {
    const packed = deflateRawSync(content, { level: 9 });
    const words = toCommonWords(name, content, packed);
    const local = Buffer.concat([toBytes([4, 0x04034b50], [2, VERSION]), words, Buffer.from(name), packed]);
    entries.push(
      Buffer.concat([
        toBytes([4, 0x02014b50], [2, MADE_ON_UNIX], [2, VERSION]),
        words,
        toBytes([2, 0], [2, 0], [2, 0], [4, ((REGULAR_FILE | mode) << 16) >>> 0], [4, offset]),
        Buffer.from(name),
      ]),
    );
    parts.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  const count = files.length;
  const end = toBytes(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, directory.length],
    [4, offset],
    [2, 0],
  );
  return Buffer.concat([...parts, directory, end]);
}

/** What a file's own header and the directory say alike, from the flags to the length of the extra fields. */
function toCommonWords(name: string, content: Buffer, packed: Buffer): Buffer {
  return toBytes(
    [2, 0],
    [2, DEFLATED],
    [2, 0],
    [2, DATE],
    [4, crc32(content)],
    [4, packed.length],
    [4, content.length],
    [2, name.length],
    [2, 0],
  );
}

/** Numbers, little end first, each with its length in bytes. */
function toBytes(...numbers: readonly [length: number, value: number][]): Buffer {
  return Buffer.concat(
    numbers.map(([length, value]) => {
      const bytes = Buffer.alloc(length);
      bytes.writeUIntLE(value, 0, length);
      return bytes;
    }),
  );
}
