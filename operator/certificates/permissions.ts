// What keeping certificates asks of the cluster.
import { resources } from '../../src/kube/resources.ts';
import type { Permission } from '../manager/permission.ts';
import { optionTable } from '../options/table.ts';
import { caName } from './ca-secret.ts';
import { webhookConfigurations } from './webhook-configuration.ts';

export const certificatePermissions: readonly Permission[] = [
  {
    group: '',
    resource: resources.secrets.plural,
    verbs: ['list', 'watch', 'create', 'patch'],
    names: [caName],
    isOwnNamespace: true,
    why: 'keeps the CA that signs what its endpoints serve',
  },
  {
    group: '',
    resource: resources.configMaps.plural,
    verbs: ['list', 'watch', 'create', 'patch'],
    names: [caName],
    isOwnNamespace: true,
    why: 'shows that CA to those who connect',
  },
  {
    group: webhookConfigurations.group,
    resource: webhookConfigurations.plural,
    verbs: ['list', 'watch', 'patch'],
    names: [optionTable.webhookConfiguration.default],
    why: 'keeps the caBundle of its own webhook',
  },
];
