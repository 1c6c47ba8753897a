// Splits the text of a Dockerfile into instructions: directives, comments, continuation lines, flags and here-documents.
import type { DockerfileText, EscapeCharacter, Instruction, InstructionFlag } from './instruction.ts';
import { readHeredocs } from './heredoc.ts';
import { createInvalid, quote } from './invalid.ts';
import { splitRawWords } from '../shell/words.ts';

const KEYWORDS = new Set([
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]);
const TAKES_HEREDOC = new Set(['ADD', 'COPY', 'RUN']);
/** More than this nobody wrote by hand: an image has at most 127 layers. */
const MAX_INSTRUCTIONS = 10_000;
const DIRECTIVE = /^#[ \t]*([a-zA-Z][a-zA-Z0-9]*)[ \t]*=[ \t]*(\S.*)$/;

interface Cursor {
  file: string;
  lines: string[];
  /** Index of the next line to read. */
  at: number;
  escape: EscapeCharacter;
}

function createTooMany(file: string, line: number): Error {
  return createInvalid(
    { file, line },
    `expected at most ${MAX_INSTRUCTIONS} instructions, found more`,
    'Split the file, or move RUN lines to a script.',
  );
}

/** Splits a Dockerfile; `file` is for messages. Throws DockerfileInvalid: unknown instruction, open here-document, none at all. */
export function splitInstructions(text: string, file: string): DockerfileText {
  const cursor: Cursor = { file, lines: text.replace(/^\uFEFF/, '').split(/\r?\n/), at: 0, escape: '\\' };
  readDirectives(cursor);
  const instructions: Instruction[] = [];
  while (cursor.at < cursor.lines.length) {
    const line = cursor.at + 1;
    const logical = readLogicalLine(cursor).trim();
    if (logical !== '') instructions.push(readInstruction(cursor, logical, line));
    if (instructions.length > MAX_INSTRUCTIONS) throw createTooMany(file, line);
  }
  if (instructions.length === 0)
    throw createInvalid(
      { file, line: 1 },
      'expected an instruction such as FROM, found none',
      'Write FROM <image> and what to run, or delete the file.',
    );
  return { escape: cursor.escape, instructions };
}

// Directives stand in the first comments only: the first line that is none ends them.
function readDirectives(cursor: Cursor): void {
  for (let at = 0; at < cursor.lines.length; at++) {
    const found = DIRECTIVE.exec((cursor.lines[at] ?? '').trim());
    if (!found) return;
    if (found[1]?.toLowerCase() !== 'escape') continue;
    const value = (found[2] ?? '').trim();
    if (value !== '\\' && value !== '`')
      throw createInvalid(
        { file: cursor.file, line: at + 1 },
        `expected the escape directive to be \\ or \`, found ${quote(value)}`,
        'Write "# escape=`" or delete the line.',
      );
    cursor.escape = value;
  }
}

// A line goes on where it ends in a single escape character; comments and empty lines inside are skipped, as Docker does.
function readLogicalLine(cursor: Cursor): string {
  const first = cursor.lines[cursor.at++] ?? '';
  if (/^\s*(?:#|$)/.test(first)) return '';
  const parts: string[] = [];
  let open = addPart(parts, first, cursor.escape);
  while (open && cursor.at < cursor.lines.length) {
    const next = cursor.lines[cursor.at++] ?? '';
    if (!/^\s*(?:#|$)/.test(next)) open = addPart(parts, next, cursor.escape);
  }
  return parts.join('');
}

function addPart(parts: string[], line: string, escape: EscapeCharacter): boolean {
  const trimmed = line.replace(/[ \t]*$/, '');
  const continues = trimmed.endsWith(escape) && !trimmed.endsWith(escape + escape);
  parts.push(continues ? trimmed.slice(0, -1) : line);
  return continues;
}

function readInstruction(cursor: Cursor, logical: string, line: number): Instruction {
  const space = /\s/.exec(logical)?.index ?? logical.length;
  const keyword = logical.slice(0, space).toUpperCase();
  const place = { file: cursor.file, line };
  if (!KEYWORDS.has(keyword))
    throw createInvalid(
      place,
      `expected an instruction (FROM, RUN, COPY …), found ${quote(logical.slice(0, space))}`,
      'Correct the word; a line that continues the one above needs a \\ at the end of that one.',
    );
  const after = logical.slice(space).trim();
  const { flags, rest } = takeFlags(after, cursor.escape);
  if (rest === '' && flags.length === 0)
    throw createInvalid(
      place,
      `expected arguments after ${keyword}, found none`,
      `Complete or delete the line.`,
    );
  const heredocs = takesHeredoc(keyword, rest) ? readHeredocs(cursor, rest, place) : [];
  return { keyword, flags, rest, line, heredocs };
}

function takesHeredoc(keyword: string, rest: string): boolean {
  if (keyword === 'ONBUILD') return TAKES_HEREDOC.has(rest.split(/\s/, 1)[0]?.toUpperCase() ?? '');
  return TAKES_HEREDOC.has(keyword);
}

/** Takes `--name=value` words off the front of an instruction's arguments. */
export function takeFlags(text: string, escape: EscapeCharacter): { flags: InstructionFlag[]; rest: string } {
  const flags: InstructionFlag[] = [];
  if (!text.startsWith('--')) return { flags, rest: text };
  let end = 0;
  for (const { word, start } of splitRawWords(text, escape)) {
    if (!word.startsWith('--')) return { flags, rest: text.slice(start) };
    end = start + word.length;
    if (word === '--') break;
    const [name, ...value] = word.slice(2).split('=');
    flags.push({ name: (name ?? '').toLowerCase(), value: unquote(value.join('=')) });
  }
  return { flags, rest: text.slice(end).trim() };
}

function unquote(value: string): string {
  return /^(["']).*\1$/s.test(value) && value.length > 1 ? value.slice(1, -1) : value;
}
