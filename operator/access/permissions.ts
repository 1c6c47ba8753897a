// What knowing people asks of the cluster.
import { resources } from '../../src/kube/resources.ts';
import type { Permission } from '../manager/permission.ts';
import { authoritiesPlace } from './client-authorities.ts';

export const accessPermissions: readonly Permission[] = [
  {
    group: 'authentication.k8s.io',
    resource: 'tokenreviews',
    verbs: ['create'],
    why: 'asks who reads /metrics, and who follows the stream',
  },
  {
    group: 'authorization.k8s.io',
    resource: 'subjectaccessreviews',
    verbs: ['create'],
    why: 'asks whether they may',
  },
  {
    group: '',
    resource: resources.configMaps.plural,
    verbs: ['list', 'watch'],
    names: [authoritiesPlace.name],
    namespace: authoritiesPlace.namespace,
    why: 'knows by whose signature a client certificate is one of this cluster',
  },
];
