// Which settings of a person's can be the reason for a finding: generate agrees with itself, so a finding is mostly somebody's wish.
import type { ComponentOptions } from '../manifests/component-options.ts';
import { fieldList, type FieldName } from '../settings/fields.ts';
import { APP_FILE } from '../settings/locations.ts';
import type { Settings } from '../settings/settings.ts';

/** What decides the outcome of a rule, by the beginning of its id, the longest first; names of settings, or their beginning up to a dot. */
const causes: readonly (readonly [string, readonly string[]])[] = [
  ['security/allowed-registries', ['registry', 'image']],
  ['security/', ['hardening']],
  ['resources/', ['resources.', 'tier']],
  ['scaling/', ['scaling.', 'replicas', 'annotations']],
  ['health/', ['health.', 'port']],
  ['availability/', ['profile', 'scaling.', 'replicas']],
  ['rollout/', ['deployment_policy.']],
  ['network/', ['port', 'health.']],
  ['image/', ['tag', 'image']],
  ['identity/', ['labels', 'annotations', 'name']],
];

/** The settings that may be behind it, with who set them: `deployment_policy.strategy (.dorgu.yaml:4)`. Empty where none of a person's can be. */
export function findBlamedSettings(
  finding: { rule: string; component: string },
  { origins, components }: Settings,
  names: ReadonlyMap<string, string>,
): string[] {
  const wanted = causes.find(([start]) => finding.rule.startsWith(start))?.[1] ?? [];
  const isCause = (name: string) =>
    wanted.some((cause) => (cause.endsWith('.') ? name.startsWith(cause) : name === cause));
  const general = fieldList
    .map(([name]) => name)
    .filter((name) => isCause(name) && isOfPerson(name, origins))
    .map((name) => `${name} (${origins.get(name)?.where ?? 'settings'})`);
  const own = [...components].filter(
    ([name]) => name === finding.component || names.get(name) === finding.component,
  );
  return [
    ...general,
    ...own.flatMap(([name, options]) =>
      listOptions(options)
        .filter(isCause)
        .map((field) => `components.${name}.${field} (${APP_FILE})`),
    ),
  ];
}

function isOfPerson(name: FieldName, origins: Settings['origins']): boolean {
  const layer = origins.get(name)?.layer;
  return layer !== undefined && layer !== 'default';
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Names of the options that are set, as a settings file has them. */
function listOptions(options: ComponentOptions): string[] {
  return Object.entries(options).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? [snakeCase(name), ...Object.keys(value).map((field) => `${snakeCase(name)}.${snakeCase(field)}`)]
      : [snakeCase(name)],
  );
}
