// Reads here-documents: the words `<<EOF` of an instruction and the lines below it up to their ends.
import type { EscapeCharacter, Heredoc } from './instruction.ts';
import { createInvalid, quote, type Place } from './invalid.ts';
import { splitRawWords } from '../shell/words.ts';

/** The lines below an instruction; `at` moves past the here-documents. */
interface Lines {
  lines: string[];
  at: number;
  escape: EscapeCharacter;
}

const OPENING = /^\d*<<(-?)([^<]+)$/;

/** Reads the here-documents that `text` opens, in order. Throws DockerfileInvalid where one never ends. */
export function readHeredocs(cursor: Lines, text: string, place: Place): Heredoc[] {
  if (!text.includes('<<')) return [];
  return splitRawWords(text, cursor.escape).flatMap(({ word }) => {
    const found = OPENING.exec(word);
    const name = (found?.[2] ?? '').replace(/["'\\]/g, '');
    if (!found || name === '') return [];
    const content = readContent(cursor, name, found[1] === '-', place);
    return [{ name, content, expands: name === found[2] }];
  });
}

function readContent(cursor: Lines, name: string, stripsTabs: boolean, place: Place): string {
  const content: string[] = [];
  while (cursor.at < cursor.lines.length) {
    const line = cursor.lines[cursor.at++] ?? '';
    const text = stripsTabs ? line.replace(/^\t+/, '') : line;
    if (text === name) return content.join('\n');
    content.push(text);
  }
  throw createInvalid(
    place,
    `expected the here-document to end with a line ${quote(name)}, found the end of the file`,
    `Add a line that holds only ${name}.`,
  );
}
