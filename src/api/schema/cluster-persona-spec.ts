// The spec of a ClusterPersona: what a cluster is for, and what its admins ask of the applications in it.
import { environments } from '../vocabulary.ts';
import { quantity } from './amounts.ts';
import { choice, integer, object, required, set } from './builders.ts';
import { clusterPolicies } from './cluster-policies.ts';
import { exceptions, ruleSettings } from './cluster-rules.ts';
import { defaultScaling, resources } from './replicas-and-resources.ts';
import { dnsLabel, dnsLabelPrefix, labelKey, line, nonEmptyLine, paragraph, registry } from './text.ts';

const conventions = object(
  'Conventions',
  'How things are named and labelled. Used by generate and the rules.',
  {
    namingPattern: line('How objects are named, with {team}, {app} and {environment} for what differs.'),
    requiredLabels: set('Labels that every workload has to carry.', labelKey('A label key.'), 50),
    requiredAnnotations: set(
      'Annotations that every workload has to carry.',
      labelKey('An annotation key.'),
      50,
    ),
    namespacePrefix: dnsLabelPrefix('What the names of namespaces begin with.'),
  },
);

const defaults = object('ClusterDefaults', 'What generate takes where an application does not say.', {
  namespace: dnsLabel('Namespace for new applications.'),
  registry: registry('Image registry for new applications.'),
  resources: resources('Requests and limits for applications that do not say.'),
  scaling: defaultScaling,
});

const resourceQuotas = object('ResourceQuotas', 'What one namespace may hold. Recorded only.', {
  maxPodsPerNamespace: integer('Most pods. Recorded only.', 0, 1_000_000),
  maxCPUPerNamespace: quantity('Most CPU in cores, as a Kubernetes quantity. Recorded only.'),
  maxMemoryPerNamespace: quantity('Most memory in bytes, as a Kubernetes quantity. Recorded only.'),
  maxPVCsPerNamespace: integer('Most persistent volume claims. Recorded only.', 0, 1_000_000),
});

/** The spec of a ClusterPersona. */
export const clusterPersonaSpec = object(
  'ClusterPersonaSpec',
  'What the cluster is for and what it asks of applications. Belongs to its admins; the operator never writes it.',
  {
    name: required(nonEmptyLine("The cluster's name, for people.")),
    description: paragraph('What the cluster is, in a few sentences.'),
    environment: choice('What the cluster is for.', environments, 'development'),
    policies: clusterPolicies,
    conventions,
    defaults,
    resourceQuotas,
    rules: ruleSettings,
    exceptions,
  },
);
