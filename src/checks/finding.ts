// What a check has to say.
import type { Fields } from '../api/foreign-fields.ts';

/** One thing that is wrong with a generated file. */
export interface Finding {
  /** Path of the file. */
  file: string;
  /** Where in the object: `spec.template.spec.containers[0].image`; empty for the file as a whole. */
  path: string;
  /** One sentence, without expected and found. */
  message: string;
  expected: string;
  found: string;
}

/** A file to check: its text, and the objects that the text is said to hold. */
export interface CheckedFile {
  path: string;
  content: string;
  objects: readonly object[];
  /** The text is a template of its objects. */
  isTemplate?: true;
}

/** An object with its file, as the checks pass it on. */
export interface CheckedObject {
  file: string;
  apiVersion: string;
  kind: string;
  name: string;
  namespace: string;
  value: Fields;
}

/** Makes a finding about one object. */
export type Report = (path: string, message: string, expected: string, found: unknown) => Finding;

/** A report for objects of the file. */
export function reportFor(file: string): Report {
  return (path, message, expected, found) => ({ file, path, message, expected, found: showValue(found) });
}

/** A value for a message: short, on one line. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const line = text.slice(0, 500).replace(/[\s\p{Cc}]+/gu, ' ');
  return line === '' ? 'empty text' : line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
