// Everything that the operator may do, joined from what its parts ask for.
import { accessPermissions } from './access/permissions.ts';
import { certificatePermissions } from './certificates/permissions.ts';
import { permissions as argoPermissions } from './controllers/argocd/permissions.ts';
import { permissions as clusterPermissions } from './controllers/cluster-persona/controller.ts';
import { permissions as personaPermissions } from './controllers/application-persona/permissions.ts';
import { watchedKindsPermissions } from './manager/caches/watched-kinds.ts';
import { eventPermissions } from './manager/create-event-recorder.ts';
import { leasePermissions } from './manager/lease/lease-object.ts';
import type { Permission, Verb } from './manager/permission.ts';
import { samplerPermissions } from './sampler/permissions.ts';
import { hubPermissions } from './websocket/hub/permissions.ts';

/** What each part asks for. Add a part here. */
const parts: readonly (readonly Permission[])[] = [
  personaPermissions,
  clusterPermissions,
  argoPermissions,
  watchedKindsPermissions,
  eventPermissions,
  leasePermissions,
  accessPermissions,
  certificatePermissions,
  hubPermissions,
  samplerPermissions,
];

const verbOrder: readonly Verb[] = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

/** One entry for each resource and the names it is held to, in the order of groups and resources; reasons are joined. */
export function joinPermissions(lists: readonly (readonly Permission[])[]): Permission[] {
  const byPlace = new Map<string, Permission>();
  for (const permission of lists.flat()) {
    const key = toPlace(permission);
    const before = byPlace.get(key);
    byPlace.set(key, before === undefined ? permission : merge(before, permission));
  }
  return [...byPlace].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, permission]) => permission);
}

/** All of them. */
export const operatorPermissions: readonly Permission[] = joinPermissions(parts);

function toPlace({ group, resource, names = [], isOwnNamespace = false, namespace }: Permission): string {
  return JSON.stringify([isOwnNamespace, group, resource, names, namespace]);
}

function merge(left: Permission, right: Permission): Permission {
  const verbs = verbOrder.filter((verb) => left.verbs.includes(verb) || right.verbs.includes(verb));
  const whys = left.why.split('; ');
  return { ...left, verbs, why: whys.includes(right.why) ? left.why : [...whys, right.why].join('; ') };
}
