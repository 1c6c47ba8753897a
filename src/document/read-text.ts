// Reads a stream of foreign bytes as UTF-8, no more of it than asked for.
import { createReadStream } from 'node:fs';
import { MAX_FILE_BYTES } from './limits.ts';
import { ManifestFault } from './manifest-problem.ts';

/** Bytes of stdin, or text where the stream decodes. */
export type ByteSource = AsyncIterable<Uint8Array | string>;

/** The text of a file without its byte order mark. Throws {@link ManifestFault} for what cannot be read. */
export async function readFileText(path: string, signal: AbortSignal | undefined): Promise<string> {
  try {
    return await readText(createReadStream(path, signal === undefined ? {} : { signal }) as ByteSource);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ManifestFault) throw error;
    throw new ManifestFault('ManifestUnreadable', `cannot be read: ${toReason(error)}`);
  }
}

/** The text of a stream. Throws {@link ManifestFault} when it is too long or no UTF-8. */
export async function readText(source: ByteSource): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
    size += bytes.length;
    if (size > MAX_FILE_BYTES) {
      const most = `${MAX_FILE_BYTES / 1024 / 1024} MiB`;
      throw new ManifestFault('ManifestTooLarge', `expected at most ${most}, found more`);
    }
    chunks.push(bytes);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks, size));
  } catch {
    throw new ManifestFault(
      'ManifestUnreadable',
      'expected text in UTF-8, found other bytes',
      undefined,
      'name files of YAML or JSON, in UTF-8',
    );
  }
}

function toReason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
