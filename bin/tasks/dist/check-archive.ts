// krew's rules for an archive: only files and folders, none outside of where it is unpacked, a licence, and what the manifest names.
import { gunzipSync } from 'node:zlib';

/** What of the manifest an archive has to fit. */
export interface Expected {
  /** Names that `files` takes out of it. */
  files: readonly string[];
  bin: string;
}

interface Entry {
  name: string;
  /** `file`, `folder`, or what krew cannot unpack. */
  kind: string;
  isExecutable: boolean;
}

const licence = /^(licenses?(\.txt|\.md)?|copying(\.txt)?)$/i;
const BLOCK = 512;

/** What is wrong with it, a line each; none where krew takes it. */
export function checkArchive(bytes: Buffer, { files, bin }: Expected): string[] {
  const entries = readEntries(bytes);
  if (entries === undefined) return ['it is neither a tar.gz nor a zip'];
  const program = entries.find(({ name }) => name === bin);
  return [
    ...entries.flatMap(({ name, kind }) => [
      ...(kind === 'file' || kind === 'folder' ? [] : [`${name} is a ${kind}`]),
      ...(name.includes('..') ? [`${name} holds two dots`] : []),
      ...(/^[/\\]/.test(name) ? [`${name} is an absolute path`] : []),
    ]),
    ...files
      .filter((file) => !entries.some(({ name }) => name === file))
      .map((file) => `${file} is not in it`),
    ...(program?.isExecutable === false ? [`${bin} may not be executed`] : []),
    ...(files.some((file) => licence.test(file)) ? [] : ['no licence is installed']),
  ];
}

function readEntries(bytes: Buffer): Entry[] | undefined {
  if (bytes.readUInt16BE(0) === 0x1f8b) return readTar(gunzipSync(bytes));
  return bytes.readUInt32LE(0) === 0x04034b50 ? readZip(bytes) : undefined;
}

/** By their type flag. */
const tarKinds = new Map([
  ['\0', 'file'],
  ['0', 'file'],
  ['1', 'hard link'],
  ['2', 'symbolic link'],
  ['5', 'folder'],
]);

function readTar(bytes: Buffer): Entry[] {
  const entries: Entry[] = [];
  const text = (start: number, length: number) =>
    bytes.toString('latin1', start, start + length).replace(/\0.*$/s, '');
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0;) {
    const size = Number.parseInt(text(at + 124, 12), 8) || 0;
    const flag = bytes.toString('latin1', at + 156, at + 157);
    entries.push({
      name: text(at, 100),
      kind: tarKinds.get(flag) ?? `file of the kind ${flag}`,
      isExecutable: (Number.parseInt(text(at + 100, 8), 8) & 0o111) !== 0,
    });
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}

const END_OF_ZIP = 22;

function readZip(bytes: Buffer): Entry[] {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]), bytes.length - END_OF_ZIP);
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const length = bytes.readUInt16LE(at + 28);
    const mode = bytes.readUInt32LE(at + 38) >>> 16;
    const name = bytes.toString('utf8', at + 46, at + 46 + length);
    entries.push({
      name,
      kind: (mode & 0o170000) === 0o120000 ? 'symbolic link' : name.endsWith('/') ? 'folder' : 'file',
      // Windows has no such right: it goes by the name.
      isExecutable: name.endsWith('.exe') || (mode & 0o111) !== 0,
    });
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}
