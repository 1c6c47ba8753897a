// The add-ons that discovery knows.
import type { AddonDefinition } from './addon-definition.ts';
import { observabilityAddons } from './addons/observability.ts';
import { platformAddons } from './addons/platform.ts';
import { trafficAddons } from './addons/traffic.ts';

/** In the order of a status and of screens. */
export const addonDefinitions: readonly AddonDefinition[] = [
  ...platformAddons,
  ...observabilityAddons,
  ...trafficAddons,
];
