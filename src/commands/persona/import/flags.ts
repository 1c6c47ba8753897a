// The flags of `persona import`, and what they come to together.
import * as Flags from '@oclif/core/flags';
import { fieldManager } from '../../../api/group-version.ts';
import { parseWorkloadName, type WorkloadName } from '../../../cluster/import/selection.ts';
import { createDryRunFlag, type DryRun } from '../../dry-run-flag.ts';
import { createOutputFlag } from '../../output-flag.ts';
import { createUsageError } from '../../usage-error.ts';

export const importFlags = {
  'all-namespaces': Flags.boolean({ char: 'A', summary: 'from all namespaces but the system ones' }),
  selector: Flags.string({
    char: 'l',
    helpValue: 'SELECTOR',
    summary: 'from workloads with these labels: team=payments',
  }),
  'include-system': Flags.boolean({ summary: 'with -A: from kube-system and the like, too' }),
  'output-dir': Flags.string({
    helpValue: 'DIR',
    summary: 'into files: DIR/NAME.yaml, DIR/NAMESPACE/NAME.yaml',
  }),
  force: Flags.boolean({ summary: 'with --output-dir: replace files that you changed' }),
  apply: Flags.boolean({ summary: 'into the cluster, by server-side apply' }),
  'force-conflicts': Flags.boolean({ summary: 'with --apply: replace what others wrote' }),
  'field-manager': Flags.string({
    default: fieldManager,
    helpValue: 'NAME',
    summary: 'with --apply: owner of the fields',
  }),
  'dry-run': createDryRunFlag(),
  output: createOutputFlag(['yaml', 'json', 'name']),
};

/** What oclif's parser makes of {@link importFlags}. */
export interface ImportFlagValues {
  'all-namespaces': boolean;
  selector?: string | undefined;
  'include-system': boolean;
  'output-dir'?: string | undefined;
  force: boolean;
  apply: boolean;
  'force-conflicts': boolean;
  'field-manager': string;
  'dry-run'?: DryRun | undefined;
  output?: 'yaml' | 'json' | 'name' | undefined;
}

const id = 'persona import';

/** Flags that mean nothing without one of the others. */
const needs: readonly (readonly [keyof ImportFlagValues, readonly (keyof ImportFlagValues)[]])[] = [
  ['force', ['output-dir']],
  ['force-conflicts', ['apply']],
  ['include-system', ['all-namespaces']],
  ['dry-run', ['apply', 'output-dir']],
];

/** The workload that a name means. @throws DorguError (usage) for flags that contradict each other, and a kind that is not imported */
export function checkImportFlags(
  name: string | undefined,
  flags: ImportFlagValues,
): WorkloadName | undefined {
  if (flags.apply && flags['output-dir'] !== undefined) throw contradiction('--apply and --output-dir');
  for (const [flag, others] of needs) {
    if (!isGiven(flags[flag]) || others.some((other) => isGiven(flags[other]))) continue;
    const missing = others.map((other) => `--${other}`).join(' or ');
    throw createUsageError('BadArguments', `--${flag} is given without ${missing}`, id);
  }
  return name === undefined ? undefined : readName(name, flags);
}

function readName(text: string, flags: ImportFlagValues): WorkloadName {
  if (flags['all-namespaces']) throw contradiction('a name and --all-namespaces');
  if (flags.selector !== undefined) throw contradiction('a name and --selector');
  const name = parseWorkloadName(text);
  if (name !== undefined) return name;
  throw createUsageError(
    'BadArguments',
    `expected NAME or KIND/NAME with a kind such as deployment, found ${JSON.stringify(text)}`,
    id,
    'deployment/shop',
  );
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== false && value !== 'none';
}

function contradiction(what: string): Error {
  return createUsageError('BadArguments', `${what} cannot be given together`, id);
}
