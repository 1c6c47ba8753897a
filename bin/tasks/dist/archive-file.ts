// What an archive holds, whatever its format.

/** One file: no folders, no links. */
export interface ArchiveFile {
  name: string;
  /** Permissions, `0o755` for what is run. */
  mode: number;
  content: Buffer;
}
