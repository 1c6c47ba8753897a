// Looks up the Application that deploys a persona's workloads, and the personas whose workloads an Application deploys: caches only.
import type { ArgoApplication } from '../../../src/status/argocd/application.ts';
import {
  findApplication,
  readTrackingNames,
  toManaged,
} from '../../../src/status/argocd/find-application.ts';
import { findWorkloads } from '../../../src/workload/belongs-to.ts';
import type { Cache } from '../../manager/cache.ts';
import {
  applicationIndices,
  openApplication,
  type WatchedApplication,
} from '../../watched/argo-applications.ts';
import { findClaimants, findClaimed, keyOf, type OwnershipCaches } from '../../watched/ownership.ts';
import { openPersona, type WatchedPersona } from '../../watched/personas.ts';
import { holdsField } from '../../watched/short-text.ts';
import { openWorkload, type WatchedWorkload } from '../../watched/workloads.ts';

/** What the mirror is made from. */
export interface ArgoCaches extends OwnershipCaches {
  applications: Cache<WatchedApplication>;
}

/** The Application that counts. `servers`: URLs by which this cluster is known. */
export function gatherApplication(
  caches: ArgoCaches,
  persona: WatchedPersona,
  servers: readonly string[],
): ArgoApplication | undefined {
  const { namespace, application } = persona;
  const claimed = findClaimed(caches, namespace, application).flatMap((one) => openWorkload(one) ?? []);
  const workloads = findWorkloads(openPersona(persona), claimed);
  const { applications } = caches;
  const names = [application, ...workloads.flatMap(readTrackingNames)];
  const candidates = new Set([
    ...workloads.flatMap((one) => applications.find(applicationIndices.workload, toManaged(one))),
    ...names.flatMap((name) => applications.find(applicationIndices.name, name)),
  ]);
  return findApplication({ namespace, application, workloads }, [...candidates].map(openApplication), {
    servers,
  });
}

/** Keys of the personas that the Application may be mirrored to; too many do no harm. */
export function listConcerned(caches: ArgoCaches, application: WatchedApplication): Set<string> {
  const { name, destination, workloads } = application;
  const managed = workloads.flatMap((text) => {
    const [namespace = '', kind, workload = ''] = text.split('/');
    return findClaimed(caches, namespace, workload).filter(
      (one) => one.kind === kind && one.name === workload,
    );
  });
  // Whatever bears its name in a label or an annotation.
  const named = caches.workloads.flatMap((cache) =>
    [...cache.objects.values()].filter((one) => one.namespace === destination && isNamed(one, application)),
  );
  const claims = [{ namespace: destination, claims: [name] }, ...managed, ...named];
  return new Set(claims.flatMap((one) => findClaimants(caches, one)).map(keyOf));
}

/** Whether a workload's annotation or label names the Application. */
function isNamed(workload: WatchedWorkload, { namespace, name }: WatchedApplication): boolean {
  const fields = [
    `"argocd.argoproj.io/tracking-id":"${name}:`,
    `"argocd.argoproj.io/tracking-id":"${namespace}_${name}:`,
    ...instanceLabels.map((key) => `"${key}":${JSON.stringify(name)}`),
  ];
  return fields.some((field) => holdsField(workload.text, field, workload));
}

const instanceLabels = ['argocd.argoproj.io/instance', 'app.kubernetes.io/instance'];

/** Whether a persona has anything to do with Argo CD, now or before: most have not, where there is none. */
export function isConcerned({ applications }: ArgoCaches, persona: WatchedPersona): boolean {
  const isSaid = (field: string): boolean => holdsField(persona.status, field, persona);
  return applications.objects.size > 0 || isSaid('"argoCD":') || isSaid('"type":"ArgoCDSynced"');
}
