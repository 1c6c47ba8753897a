// A token as HTTP carries it.
import { DorguError } from '../../api/errors.ts';

/** The header of a token. `source` says in errors where it came from; the token itself is never shown. @throws DorguError TokenInvalid */
export function toBearer(token: string, source: string): { authorization: string } {
  const text = token.trim();
  if (/^[\x21-\x7e]+$/.test(text)) return { authorization: `Bearer ${text}` };
  throw new DorguError(
    'TokenInvalid',
    `expected a token of letters, digits and punctuation from ${source}, found ${text === '' ? 'an empty one' : 'other characters'}`,
    { hint: 'log in again, or take other credentials with --context or --token' },
  );
}
