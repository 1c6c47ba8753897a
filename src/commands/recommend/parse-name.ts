// The NAME of `recommend`: a persona's, a workload's, or one that may be either.
import type { WantedName } from '../../cluster/recommend/choose-workloads.ts';
import { sizedKinds } from '../../cluster/recommend/choose-workloads.ts';
import { parseWorkloadName } from '../../cluster/import/selection.ts';
import { isPersonaWord } from '../persona/persona-name.ts';
import { createUsageError } from '../usage-error.ts';

/** `shop`, `persona/shop`, `deployment/shop`. @throws DorguError BadArgument (usage) for another kind */
export function parseWantedName(text: string | undefined, command: string): WantedName | undefined {
  if (text === undefined) return undefined;
  if (isPersonaWord(text)) return { of: 'persona', name: text.slice(text.indexOf('/') + 1) };
  const parsed = parseWorkloadName(text);
  if (
    parsed === undefined ||
    parsed.name === '' ||
    (parsed.kind !== undefined && !sizedKinds.has(parsed.kind))
  )
    throw createUsageError(
      'BadArgument',
      `expected the NAME of a persona or of a Deployment, StatefulSet or DaemonSet, found ${JSON.stringify(text)}`,
      command,
      'deployment/NAME',
    );
  const { kind, name } = parsed;
  return kind === undefined ? { of: 'either', name } : { of: 'workload', kind, name };
}
