// What a cluster's admins ask of every workload: security, networking, and that there be a persona.
import { personaRequirements, podSecurityStandards } from '../vocabulary.ts';
import { cidr } from './amounts.ts';
import { choice, flag, list, object, set } from './builders.ts';
import { nonEmptyLine, registry } from './text.ts';

const security = object('ClusterSecurityPolicy', 'How every container in the cluster has to run.', {
  enforceNonRoot: flag('Whether every container has to run as another user than root.', true),
  enforceReadOnlyRoot: flag('Whether every container has to have a read-only root file system.', false),
  disallowPrivileged: flag('Whether privileged containers are refused.', true),
  allowedRegistries: set(
    'Registries that images may come from; any where empty.',
    registry('A registry.'),
    100,
  ),
  podSecurityStandard: choice(
    'The Pod Security Standard that every pod has to meet.',
    podSecurityStandards,
    'baseline',
  ),
});

const networking = object('ClusterNetworkingPolicy', 'What the network lets through. Used by generate.', {
  defaultDenyIngress: flag('Whether traffic to pods is refused unless a NetworkPolicy allows it.', false),
  defaultDenyEgress: flag('Whether traffic from pods is refused unless a NetworkPolicy allows it.', false),
  allowedExternalCIDRs: set(
    'Address ranges outside the cluster that pods may reach.',
    cidr('An address range.'),
    100,
  ),
});

/** The policies of a cluster. */
export const clusterPolicies = object('ClusterPolicies', 'What every workload in the cluster is held to.', {
  security,
  networking,
  compliance: list(
    'Frameworks that the cluster is held to, such as `SOC2`. Recorded only.',
    nonEmptyLine('A framework.'),
    50,
  ),
  requirePersona: choice(
    'What happens to a workload that has no persona. Write "off" in quotes: YAML takes a bare off for false.',
    personaRequirements,
    'off',
  ),
});
