// How a line of the source is named in a message.
import type { Evidence } from '../application/fact.ts';
import { toOneLine } from './yaml-text.ts';

/** `compose.yaml:12` of the first of them; empty where there is none. */
export function formatPlace(evidence: readonly Evidence[] | undefined): string {
  const first = evidence?.[0];
  if (first === undefined) return '';
  return toOneLine(first.line === undefined ? first.file : `${first.file}:${first.line}`);
}
