// What a person needs to make the Secrets: names of keys and the command, never a value, in a file that nothing applies.
import type { ComponentPlan } from './component-plan.ts';
import { shellWord } from './shell-word.ts';

/** A Secret that has to be there before the pods start. */
export interface NeededSecret {
  name: string;
  /** The command that makes it, run in the application's folder; values come from a file outside of it, never from the command line. */
  command: string;
  message: string;
}

/** The Secrets that a component needs: one for its variables, one for each mounted file. */
export function listNeededSecrets(plan: ComponentPlan): NeededSecret[] {
  const { secrets, secretName } = plan.environment;
  const needed: NeededSecret[] = [];
  if (secrets.length > 0) {
    const copy = `~/${secretName}.env`;
    needed.push({
      name: secretName,
      command: [
        `install -m 600 ${shellWord(examplePath(plan))} ${copy}`,
        `\${EDITOR:-vi} ${copy}`,
        `kubectl create secret generic ${secretName} -n ${plan.namespace} --from-env-file ${copy}`,
      ].join(' && '),
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

/** Where the example lies, relative to the application. */
export function examplePath({ folder }: Pick<ComponentPlan, 'folder'>): string {
  return `${folder}/secret.example`;
}

/**
 * The text of `secret.example`; undefined where no Secret is needed. What is no comment is what `--from-env-file` reads:
 * a copy with values in it makes the Secret.
 */
export function formatSecretExample(plan: ComponentPlan): string | undefined {
  const needed = listNeededSecrets(plan);
  if (needed.length === 0) return undefined;
  const { secrets } = plan.environment;
  const hasOptional = secrets.some(({ isOptional }) => isOptional);
  return [
    `# Secrets that ${plan.name} reads. This file is not applied and holds no values: make them with`,
    ...needed.flatMap(({ message, command }) => ['#', `# ${message}`, `# ${command}`]),
    ...(secrets.length === 0
      ? []
      : [
          '#',
          '# Fill in the copy, outside of git, and delete it then. A value of several lines: --from-file=KEY=FILE instead.',
        ]),
    ...(hasOptional ? ['# It starts without those that stand behind a #.'] : []),
    ...secrets.map(({ name, isOptional }) => `${isOptional ? '# ' : ''}${name}=`),
    '',
  ].join('\n');
}

/** `A`, `A and B`, `A, B and C`, and after seven `and n more`. */
export function joinNames(names: readonly string[]): string {
  if (names.length > 7) return `${names.slice(0, 6).join(', ')} and ${names.length - 6} more`;
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
