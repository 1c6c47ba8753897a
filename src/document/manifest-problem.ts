// What is wrong with a file of manifests, at a place, and how it is said.
import { DorguError } from '../api/errors.ts';
import type { Position } from './manifest.ts';

/** Why a file or a document cannot be read. */
export type ManifestProblemCode =
  'ManifestUnreadable' | 'ManifestSyntax' | 'ManifestTooLarge' | 'ManifestTemplate';

/** A problem of one place; the rest of the input is still read. */
export interface ManifestProblem {
  code: ManifestProblemCode;
  /** As `Manifest.file`. */
  file: string;
  /** Undefined where it is about the file as a whole. */
  position: Position | undefined;
  /** Expected and found, without the place. Never a value of the file. */
  message: string;
  hint: string | undefined;
}

/** Thrown within this room where a text cannot be read any further. */
export class ManifestFault extends Error {
  readonly code: ManifestProblemCode;
  readonly offset: number | undefined;
  readonly hint: string | undefined;

  /** `offset` counts UTF-16 units from the start of the text. */
  constructor(code: ManifestProblemCode, message: string, offset?: number, hint?: string) {
    super(message);
    this.code = code;
    this.offset = offset;
    this.hint = hint;
  }
}

/** `k8s/web.yaml:12:3`; stdin is named so. */
export function formatPlace(file: string, position: Position | undefined): string {
  const name = file === '-' ? 'stdin' : file;
  return position === undefined ? name : `${name}:${position.line}:${position.column}`;
}

/** All problems as one error: the only one, or a summary with one line each. */
export function toProblemError(problems: readonly ManifestProblem[]): DorguError {
  const lines = problems.map(({ file, position, message }) => `${formatPlace(file, position)}: ${message}`);
  const [first] = problems;
  const code = first?.code ?? 'ManifestUnreadable';
  if (problems.length <= 1) return new DorguError(code, lines[0] ?? '', { hint: first?.hint });
  return new DorguError(code, `${problems.length} places of the manifests cannot be read`, {
    details: lines,
    hint: problems.find(({ hint }) => hint !== undefined)?.hint,
  });
}
