// One component's settings over those for all, field by field.
import type { ComponentOptions } from './component-options.ts';

const nestedFields = [
  'scaling',
  'health',
  'labels',
  'annotations',
  'ingress',
  'deploymentPolicy',
  'maintenance',
] as const;

/** What is set for the component wins; lists are taken whole. */
export function mergeSettings(
  defaults: ComponentOptions,
  own: ComponentOptions | undefined,
): ComponentOptions {
  if (own === undefined) return defaults;
  const merged: ComponentOptions = { ...defaults, ...own };
  for (const field of nestedFields) {
    if (defaults[field] !== undefined && own[field] !== undefined) {
      Object.assign(merged, { [field]: { ...defaults[field], ...own[field] } });
    }
  }
  if (defaults.resources !== undefined && own.resources !== undefined) {
    merged.resources = {
      ...defaults.resources,
      ...own.resources,
      requests: { ...defaults.resources.requests, ...own.resources.requests },
      limits: { ...defaults.resources.limits, ...own.resources.limits },
    };
  }
  return merged;
}
