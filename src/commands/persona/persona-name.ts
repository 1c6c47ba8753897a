// The NAME of a persona on a command line, spelt as kubectl's users spell names.
import { DorguError } from '../../api/errors.ts';

/** What kubectl takes before the slash for our kind. */
const KINDS = new Set([
  'ap',
  'persona',
  'personas',
  'applicationpersona',
  'applicationpersonas',
  'applicationpersona.dorgu.io',
  'applicationpersonas.dorgu.io',
]);

/** `shop` for `shop`, `persona/shop` and `applicationpersona.dorgu.io/shop`. @throws DorguError (usage) for none, or for another kind */
export function parsePersonaName(text: string | undefined, command: string): string {
  if (text === undefined || text === '')
    throw new DorguError('MissingArgument', `${command} needs the NAME of a persona`, {
      kind: 'usage',
      hint: `kubectl dorgu persona list shows the names; kubectl dorgu ${command} NAME`,
    });
  const slash = text.indexOf('/');
  if (slash === -1) return text;
  const [kind, name] = [text.slice(0, slash).toLowerCase(), text.slice(slash + 1)];
  if (KINDS.has(kind) && name !== '' && !name.includes('/')) return name;
  throw new DorguError('BadArgument', `expected the NAME of a persona, found ${JSON.stringify(text)}`, {
    kind: 'usage',
    hint: `kubectl dorgu ${command} NAME, or persona/NAME`,
  });
}
