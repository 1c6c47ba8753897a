// Changes one value of a settings file and leaves everything else as it is: comments, order, quotes.
import { isMap, parseDocument } from 'yaml';
import { DorguError } from '../api/errors.ts';
import type { UserKey } from './user-keys.ts';
import { parseSettingsFile } from './settings-file.ts';

/**
 * The text of the global file with the value set, or taken out where `value` is undefined. Throws DorguError BadValue (usage) where
 * the value is not one for that key, and what {@link parseSettingsFile} throws where the file was not right before.
 */
export function editGlobalText(
  text: string,
  path: string,
  { place, field }: UserKey,
  value: string | undefined,
): string {
  parseSettingsFile(text, path, 'global');
  const document = parseDocument(text === '' ? HEADER : text);
  const keys = place.split('.');
  if (value === undefined) {
    removeEmpty(document, keys);
  } else {
    const parsed = field.kind.parse(value);
    if (!parsed.ok) {
      const found = field.isSecret === true ? 'something else' : JSON.stringify(value);
      throw new DorguError('BadValue', `${place}: expected ${parsed.expected}, found ${found}`, {
        hint: `kubectl dorgu config set ${place} VALUE`,
      });
    }
    // An empty section (`llm:`) is null, which nothing can be put into.
    for (let length = 1; length < keys.length; length += 1) {
      const parent = keys.slice(0, length);
      if (!isMap(document.getIn(parent, true))) document.setIn(parent, document.createNode({}));
    }
    document.setIn(keys, parsed.value);
  }
  const edited = document.toString({ lineWidth: 0 });
  parseSettingsFile(edited, path, 'global');
  return edited;
}

const HEADER = `# What holds for everything that this user does with kubectl dorgu.
# kubectl dorgu config list --all shows every key.
version: "1"
`;

/** Takes the value out, and the sections that have nothing else in them. */
function removeEmpty(document: ReturnType<typeof parseDocument>, keys: readonly string[]): void {
  if (!document.hasIn(keys)) return;
  document.deleteIn(keys);
  for (let length = keys.length - 1; length > 0; length -= 1) {
    const parent: unknown = document.getIn(keys.slice(0, length), true);
    if (!isMap(parent) || parent.items.length > 0) return;
    document.deleteIn(keys.slice(0, length));
  }
}
