// The error of a Dockerfile that cannot be read as one: where, what was expected, what was found, what to change.
import { DorguError } from '../../api/errors.ts';
import { redactText } from '../../application/redact.ts';

/** A place in a Dockerfile, for messages and evidence. */
export interface Place {
  /** Relative to the application's root. */
  file: string;
  /** From 1. */
  line: number;
}

/** A `DockerfileInvalid` error whose message reads `web/Dockerfile:3: expected …, found …`. */
export function createInvalid(place: Place, message: string, hint: string): DorguError {
  return new DorguError('DockerfileInvalid', `${place.file}:${place.line}: ${message}`, { hint });
}

/** Foreign text fit for a message: one line, no control characters, no credentials, at most 60 characters. */
export function quote(text: string): string {
  const plain = redactText(text.slice(0, 400)).replace(/[\p{C}\s]+/gu, ' ');
  return `"${plain.length > 60 ? `${plain.slice(0, 57)}…` : plain}"`;
}
