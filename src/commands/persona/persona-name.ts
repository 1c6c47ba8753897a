// The NAME of a persona on a command line, spelt as kubectl's users spell names.
import { DorguError } from '../../api/errors.ts';

/** What kubectl takes before the slash for our kind. */
export const personaKinds: ReadonlySet<string> = new Set([
  'ap',
  'persona',
  'personas',
  'applicationpersona',
  'applicationpersonas',
  'applicationpersona.dorgu.io',
  'applicationpersonas.dorgu.io',
]);

/** Whether it is spelt as persona/NAME. */
export function isPersonaWord(text: string): boolean {
  const [kind = '', name, ...others] = text.split('/');
  return personaKinds.has(kind.toLowerCase()) && name !== undefined && name !== '' && others.length === 0;
}

/** `shop` for `shop`, `persona/shop` and `applicationpersona.dorgu.io/shop`. @throws DorguError (usage) for none, or for another kind */
export function parsePersonaName(text: string | undefined, command: string): string {
  if (text === undefined || text === '')
    throw new DorguError('MissingArgument', `${command} needs the NAME of a persona`, {
      hint: `kubectl dorgu persona list shows the names; kubectl dorgu ${command} NAME`,
    });
  if (!text.includes('/')) return text;
  if (isPersonaWord(text)) return text.slice(text.indexOf('/') + 1);
  throw new DorguError('BadArgument', `expected the NAME of a persona, found ${JSON.stringify(text)}`, {
    hint: `kubectl dorgu ${command} NAME, or persona/NAME`,
  });
}
