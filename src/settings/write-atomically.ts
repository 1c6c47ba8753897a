// Writes a file whole or not at all: a reader sees the old text or the new one, a full disk leaves the old one.
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { DorguError } from '../api/errors.ts';

/** Makes the folders on the way. `mode` is the file's permission: 0o600 where a key may stand in it. Throws DorguError OutputFailed. */
export function writeAtomically(path: string, text: string, mode: number): void {
  const staged = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const descriptor = openSync(staged, 'wx', mode);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(staged, path);
  } catch (cause) {
    removeStaged(staged);
    throw new DorguError('OutputFailed', `${path}: cannot be written`, {
      cause,
      hint: `check that ${dirname(path)} is a folder that you may write to, and that its disk has room`,
    });
  }
}

/** What was written so far, where anything was: a folder that is a file has nothing in it. */
function removeStaged(path: string): void {
  if (existsSync(path)) rmSync(path, { force: true });
}
