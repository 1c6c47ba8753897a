// What a person needs to make the Secrets: names of keys and the command, never a value, in a file that nothing applies.
import type { ComponentPlan } from './component-plan.ts';

/** A Secret that has to be there before the pods start. */
export interface NeededSecret {
  name: string;
  /** The command that makes it; a person fills in the values. */
  command: string;
  message: string;
}

/** The Secrets that a component needs: one for its variables, one for each mounted file. */
export function listNeededSecrets(plan: ComponentPlan): NeededSecret[] {
  const { secrets, secretName } = plan.environment;
  const needed: NeededSecret[] = [];
  if (secrets.length > 0) {
    const literals = secrets.map(({ name }) => `--from-literal=${name}=…`).join(' ');
    needed.push({
      name: secretName,
      command: `kubectl create secret generic ${secretName} -n ${plan.namespace} ${literals}`,
      message: `${plan.name} reads ${joinNames(secrets.map(({ name }) => name))}`,
    });
  }
  for (const { source, mountPath } of plan.volumes) {
    if (source.kind !== 'secret') continue;
    needed.push({
      name: source.secretName,
      command: `kubectl create secret generic ${source.secretName} -n ${plan.namespace} --from-file=${source.key}=…`,
      message: `${plan.name} reads the file ${mountPath}`,
    });
  }
  return needed;
}

/** The text of `secret.example`; undefined where no Secret is needed. */
export function formatSecretExample(plan: ComponentPlan): string | undefined {
  const needed = listNeededSecrets(plan);
  if (needed.length === 0) return undefined;
  const optional = plan.environment.secrets.filter(({ isOptional }) => isOptional).map(({ name }) => name);
  return [
    `# Secrets that ${plan.name} reads. This file is not applied and holds no values: make them with`,
    ...needed.flatMap(({ message, command }) => ['#', `# ${message}`, command]),
    ...(optional.length === 0 ? [] : ['#', `# It starts without ${joinNames(optional)}.`]),
    '',
  ].join('\n');
}

/** `A`, `A and B`, `A, B and C`, and after seven `and n more`. */
export function joinNames(names: readonly string[]): string {
  if (names.length > 7) return `${names.slice(0, 6).join(', ')} and ${names.length - 6} more`;
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
