// The flags of `cluster init`.
import * as Flags from '@oclif/core/flags';
import { fieldManager } from '../../../api/group-version.ts';
import type { ClusterPersonaSpec } from '../../../api/personas.ts';
import { environments, podSecurityStandards } from '../../../api/vocabulary.ts';
import { createDryRunFlag } from '../../dry-run-flag.ts';
import { createObjectFlag } from '../../printers/object-format.ts';

export const initFlags = {
  environment: Flags.option({
    options: environments,
    helpValue: 'NAME',
    summary: environments.join(', '),
  })(),
  description: Flags.string({ helpValue: 'TEXT', summary: 'what the cluster is, for people' }),
  'allowed-registry': Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'NAME',
    summary: 'registry that images may come from; repeat',
  }),
  'pod-security': Flags.option({
    options: podSecurityStandards,
    helpValue: 'LEVEL',
    summary: podSecurityStandards.join(', '),
  })(),
  'dry-run': createDryRunFlag(),
  'field-manager': Flags.string({
    default: fieldManager,
    helpValue: 'NAME',
    summary: `who the fields belong to; ${fieldManager}`,
  }),
  'force-conflicts': Flags.boolean({ summary: 'take fields over from other managers' }),
  output: createObjectFlag({ isWide: false }),
};

/** What flags say of the spec. */
export function toSpec(flags: {
  environment?: ClusterPersonaSpec['environment'] | undefined;
  description?: string | undefined;
  'allowed-registry'?: string[] | undefined;
  'pod-security'?: (typeof podSecurityStandards)[number] | undefined;
}): Partial<ClusterPersonaSpec> {
  const { environment, description } = flags;
  const registries = flags['allowed-registry'];
  const standard = flags['pod-security'];
  const security = {
    ...(registries === undefined ? {} : { allowedRegistries: [...new Set(registries)] }),
    ...(standard === undefined ? {} : { podSecurityStandard: standard }),
  };
  return {
    ...(environment === undefined ? {} : { environment }),
    ...(description === undefined ? {} : { description }),
    ...(Object.keys(security).length === 0 ? {} : { policies: { security } }),
  };
}
