// Whether findings refuse or advise, for one persona in one namespace.
import { modeKey } from '../api/group-version.ts';
import type { TextMap } from '../workload/workload.ts';

/** `advisory`: everything is admitted, findings are warnings. `enforcing`: findings of level deny refuse. */
export type Mode = 'advisory' | 'enforcing';

/**
 * The mode that counts: the operator's option; the namespace's label may tighten or loosen it, because only cluster admins label namespaces;
 * the persona's annotation may only tighten it. Words that are no mode say nothing.
 */
export function resolveMode(option: Mode, namespaceLabels: TextMap, personaAnnotations: TextMap): Mode {
  const ofNamespace = toMode(namespaceLabels.get(modeKey)) ?? option;
  return toMode(personaAnnotations.get(modeKey)) === 'enforcing' ? 'enforcing' : ofNamespace;
}

function toMode(text: string | undefined): Mode | undefined {
  return text === 'advisory' || text === 'enforcing' ? text : undefined;
}
