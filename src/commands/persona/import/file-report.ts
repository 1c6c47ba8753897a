// Files of imported personas: where each goes, and what became of it.
import { join } from 'node:path';
import { DorguError } from '../../../api/errors.ts';
import type { ImportedPersona } from '../../../cluster/import/import-personas.ts';
import type { ImportedFile } from '../../../cluster/import/write-imported.ts';
import type { PlannedFile } from '../../../output/plan-files.ts';
import { formatPersonaYaml } from './print-personas.ts';

const dnsLabel = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** `NAME.yaml`, or `NAMESPACE/NAME.yaml` where there may be several namespaces. @throws DorguError for a name that no API server gives */
export function toFiles(personas: readonly ImportedPersona[], hasNamespaces: boolean): ImportedFile[] {
  return personas.map((imported) => {
    const { name, namespace = '' } = imported.persona.metadata;
    const steps = hasNamespaces ? [namespace, name] : [name];
    // What comes from a server becomes a path: nothing but a name may.
    if (!steps.every((step) => dnsLabel.test(step)))
      throw new DorguError('BadName', `${JSON.stringify(steps.join('/'))} cannot be the name of a file`, {
        hint: 'expected DNS labels as names: is this an API server?',
      });
    return { path: `${steps.join('/')}.yaml`, content: formatPersonaYaml(imported) };
  });
}

/** A line each: `personas/shop.yaml created`. */
export function formatFiles(
  planned: readonly PlannedFile[],
  { folder, isDryRun }: { folder: string; isDryRun: boolean },
): string {
  const suffix = isDryRun ? ' (dry run)' : '';
  return planned.map(({ path, status }) => `${join(folder, path)} ${describe(status)}${suffix}\n`).join('');
}

function describe(status: PlannedFile['status']): string {
  if (status === 'new') return 'created';
  return status === 'unchanged' ? 'unchanged' : 'configured';
}
