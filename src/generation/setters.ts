// Who set what decides a field: the settings of a person or a cluster behind a reason.
import type { ComponentOptions } from '../manifests/component-options.ts';
import type { FieldName } from '../settings/fields.ts';
import { APP_FILE } from '../settings/locations.ts';
import type { Settings } from '../settings/settings.ts';

/** Where options have another name than the setting they come from. */
const optionPaths: ReadonlyMap<string, readonly string[]> = new Map([
  ['health.liveness.path', ['health', 'livenessPath']],
  ['health.readiness.path', ['health', 'readinessPath']],
  ['health.liveness.port', ['health', 'port']],
  ['health.readiness.port', ['health', 'port']],
  ['health.startup_grace_period', ['health', 'startupGracePeriodSeconds']],
  ['priority_class', ['priorityClassName']],
  ['operations.maintenance_window', ['maintenance', 'window']],
  ['operations.auto_restart', ['maintenance', 'autoRestart']],
]);

/** `tier (.dorgu.yaml:3)`, `namespace (--namespace)`; the component's own first. Empty where nobody set any. */
export function listSetters(
  names: readonly string[],
  { origins, components }: Settings,
  component: string | undefined,
): string[] {
  const own = component === undefined ? undefined : components.get(component);
  return names.flatMap((name) => {
    if (own && isSet(own, optionPaths.get(name) ?? name.split('.').map(toCamelCase)))
      return [`components.${component ?? ''}.${name} (${APP_FILE})`];
    const origin = origins.get(name as FieldName);
    return origin === undefined || origin.layer === 'default' ? [] : [`${name} (${origin.where})`];
  });
}

function isSet(options: ComponentOptions, path: readonly string[]): boolean {
  return path.reduce<unknown>(readOwn, options) !== undefined;
}

function readOwn(node: unknown, key: string): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, key)
    ? (node as Record<string, unknown>)[key]
    : undefined;
}

const toCamelCase = (word: string) => word.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
