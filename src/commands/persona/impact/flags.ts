// The flags of `persona impact`, and the levels that --rule supposes.
import * as Flags from '@oclif/core/flags';
import { findNearest } from '../../../api/nearest-word.ts';
import { ruleLevels } from '../../../api/vocabulary.ts';
import { outcomes } from '../../../cluster/impact/foretold.ts';
import type { Supposition } from '../../../cluster/impact/supposition.ts';
import { groupings } from '../../../cluster/impact/tally.ts';
import { missingPersona } from '../../../rules/asked-first.ts';
import { familyOf } from '../../../rules/documented-rules.ts';
import { rules } from '../../../rules/rules.ts';
import { createObjectFlag } from '../../printers/object-format.ts';
import { createBadValueError, createUsageError } from '../../usage-error.ts';

/** What --fail-on takes: the mildest outcome that fails, or never. */
const thresholds = [...outcomes.filter((outcome) => outcome !== 'admitted'), 'never'] as const;

export const impactFlags = {
  'all-namespaces': Flags.boolean({ char: 'A', summary: 'in all namespaces' }),
  selector: Flags.string({
    char: 'l',
    helpValue: 'SELECTOR',
    summary: 'of workloads with these labels: team=payments',
  }),
  by: Flags.option({ options: groupings, helpValue: 'WHAT', summary: 'sums: by team, rule or namespace' })(),
  mode: Flags.option({
    options: ['enforcing', 'advisory'] as const,
    default: 'enforcing',
    helpValue: 'MODE',
    summary: 'as if the operator ran so: enforcing or advisory',
  })(),
  rule: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'ID=LEVEL',
    summary: 'as if the ClusterPersona said so, too: image/tag=deny',
  }),
  'fail-on': Flags.option({
    options: thresholds,
    default: 'denied',
    helpValue: 'OUTCOME',
    summary: 'exit 1 from it on: denied, later, warned or never',
  })(),
  output: createObjectFlag(),
};

/** Ids that a ClusterPersona can weigh, and their families. */
const known: readonly string[] = [...rules, missingPersona].flatMap((rule) => [
  rule.id,
  `${familyOf(rule)}/*`,
]);

/** Reads `image/tag=deny`. @throws DorguError BadFlagValue (usage) */
export function parseSupposedRule(text: string, command: string): Supposition['rules'][number] {
  const equals = text.indexOf('=');
  const id = text.slice(0, equals);
  const level = ruleLevels.find((candidate) => candidate === text.slice(equals + 1));
  if (equals < 0)
    throw createUsageError(
      'BadFlagValue',
      `--rule ${JSON.stringify(text)}: expected ID=LEVEL`,
      command,
      '--rule image/tag=deny',
    );
  if (level === undefined) throw createBadValueError('--rule', text.slice(equals + 1), ruleLevels, command);
  if (known.includes(id)) return { id, level };
  throw createUsageError(
    'BadFlagValue',
    `--rule ${JSON.stringify(text)}: no ClusterPersona can weigh a rule ${JSON.stringify(id)}`,
    command,
    findNearest(id, known),
  );
}
