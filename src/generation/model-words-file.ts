// Keeps what a model said beside the base, so that a run without a network, and every later one, writes the same bytes.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MODEL_WORDS_FILE, type ModelWords } from '../application/model-words.ts';
import { fieldAt, fieldsOf } from '../api/foreign-fields.ts';
import { writeAtomically } from '../settings/write-atomically.ts';

const maxBytes = 256 * 1024;

/** What is kept; undefined where nothing is, or nothing that can be read. */
export function readModelWords(directory: string): ModelWords | undefined {
  try {
    const path = join(directory, MODEL_WORDS_FILE);
    const stat = statSync(path);
    if (!stat.isFile() || stat.size > maxBytes) return undefined;
    const kept: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const overview = fieldAt(kept, 'overview');
    const model = fieldAt(kept, 'model');
    const descriptions = Object.entries(fieldsOf(fieldAt(kept, 'descriptions')));
    return {
      model: typeof model === 'string' ? model : 'unknown',
      ...(typeof overview === 'string' ? { overview } : {}),
      descriptions: new Map(
        descriptions.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      ),
    };
  } catch {
    return undefined;
  }
}

/** @throws DorguError OutputFailed */
export function writeModelWords(directory: string, { model, overview, descriptions }: ModelWords): void {
  const kept = {
    model,
    ...(overview === undefined ? {} : { overview }),
    descriptions: Object.fromEntries(descriptions),
  };
  writeAtomically(join(directory, MODEL_WORDS_FILE), `${JSON.stringify(kept, null, 2)}\n`, 0o644);
}
