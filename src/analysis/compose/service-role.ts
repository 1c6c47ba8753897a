// What becomes of a compose service: left out behind its profile, a dependency that is only an image, or a component of source.
import type { Note } from '../../application/application.ts';
import { isRuntimeImage } from '../images/languages.ts';
import { entriesOf, entryOf, itemsOf, textOf, type ComposeNode } from './node.ts';

/** Names of services that count, and a note for each that does not. */
export interface ChosenServices {
  names: Set<string>;
  notes: Note[];
}

/**
 * Those behind a profile are tools for development, and left out unless asked for or needed by one that counts.
 * @param active Profiles that were asked for; `*` is all.
 */
export function chooseServices(services: ComposeNode | undefined, active: readonly string[]): ChosenServices {
  const all = entriesOf(services).filter(([name, node]) => node.kind === 'mapping' && !name.startsWith('x-'));
  const names = new Set(all.filter(([, node]) => isActive(node, active)).map(([name]) => name));
  const known = new Set(all.map(([name]) => name));
  const queue = [...names];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    for (const [needed] of entriesOf(entryOf(services, name, 'depends_on'))) {
      if (names.has(needed) || !known.has(needed)) continue;
      names.add(needed);
      queue.push(needed);
    }
  }
  const notes = all
    .filter(([name]) => !names.has(name))
    .map(([name, node]): Note => {
      const profiles = profilesOf(node).join(', ');
      return {
        component: name,
        kind: 'advice',
        message: `services.${name} is left out: it is behind the profile ${profiles}, which compose does not start by default`,
        evidence: [{ file: node.place.file, line: node.place.line, reason: `profiles: ${profiles}` }],
      };
    });
  return { names, notes };
}

function profilesOf(node: ComposeNode): string[] {
  return itemsOf(entryOf(node, 'profiles')).map((profile) => textOf(profile) ?? '');
}

function isActive(node: ComposeNode, active: readonly string[]): boolean {
  const profiles = profilesOf(node);
  return (
    profiles.length === 0 || active.includes('*') || profiles.some((profile) => active.includes(profile))
  );
}

/** The folder that a service without a build runs: what is mounted into a language's runtime. A database's mounts are no source. */
export function sourceFolderOf(image: string | undefined, mounted: string | undefined): string | undefined {
  return image !== undefined && isRuntimeImage(image) ? mounted : undefined;
}
