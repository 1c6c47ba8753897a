// Reads the pairs of ENV, LABEL and ARG: `A=1 B="two words"`, the old `ENV A the rest`, and ARG's bare names.
import type { EscapeCharacter, Instruction } from './instruction.ts';
import { createInvalid, quote, type Place } from './invalid.ts';
import { splitRawWords } from '../shell/words.ts';

/** A pair as written, not yet evaluated; `value` is absent for `ARG NAME`. */
export interface RawPair {
  name: string;
  value?: string;
}

/** The pairs of ENV or LABEL. Throws DockerfileInvalid where a word has no `=`, or the one name no value. */
export function parsePairs(instruction: Instruction, escape: EscapeCharacter, place: Place): RawPair[] {
  const words = splitRawWords(instruction.rest, escape, true).map(({ word }) => word);
  const first = words[0] ?? '';
  if (!first.includes('=')) return [parseOldForm(instruction, first, place)];
  return words.map((word) => {
    const equals = word.indexOf('=');
    if (equals > 0) return { name: word.slice(0, equals), value: word.slice(equals + 1) };
    throw createInvalid(
      place,
      `expected NAME=value in ${instruction.keyword}, found ${quote(word)}`,
      'Put the value in quotes if it holds spaces.',
    );
  });
}

function parseOldForm(instruction: Instruction, name: string, place: Place): RawPair {
  const value = instruction.rest.slice(name.length).trim();
  if (name !== '' && value !== '') return { name, value };
  throw createInvalid(
    place,
    `expected ${instruction.keyword} to have a name and a value, found ${quote(instruction.rest)}`,
    `Write ${instruction.keyword} NAME=value.`,
  );
}

/** The names of ARG, each with its default if it has one. */
export function parseArgs(instruction: Instruction, escape: EscapeCharacter): RawPair[] {
  return splitRawWords(instruction.rest, escape, true).map(({ word }) => {
    const equals = word.indexOf('=');
    return equals === -1 ? { name: word } : { name: word.slice(0, equals), value: word.slice(equals + 1) };
  });
}
