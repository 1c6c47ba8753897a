// Chooses the name of each workload's persona, so that the persona finds exactly that workload and the workload that persona.
import { compareText } from '../api/compare-text.ts';
import { findPersonas, findWorkloads, isMadeByWorkload, listClaimableNames } from '../workload/belongs-to.ts';
import type { Workload, WorkloadKind } from '../workload/workload.ts';

/** A name and the workloads that a persona of that name finds: one, several that no name tells apart, and Jobs of the same name. */
export interface Claim {
  name: string;
  workloads: readonly Workload[];
}

/** A workload that no persona can be made for, and why. */
export interface Unclaimed {
  workload: Workload;
  reason: string;
  hint: string;
}

/** What a namespace's workloads come to. */
export interface Claims {
  claims: readonly Claim[];
  unclaimed: readonly Unclaimed[];
}

/** The kinds that get a persona; a Job, a bare Pod and a ReplicaSet may be claimed by one, and get none of their own. */
export const adoptedKinds = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Rollout',
] as const satisfies readonly WorkloadKind[];

const dnsLabel = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** Whether a persona of its own is made for it. A Rollout that takes its pods from a Deployment says nothing itself. */
export function isAdopted(workload: Workload): boolean {
  const isKnown = adoptedKinds.some((kind) => kind === workload.kind);
  return isKnown && workload.pod.containers.length > 0 && !isMadeByWorkload(workload);
}

/**
 * A claim for every workload of the namespace that can have one, sorted by name. Names are looked for where personas look: the
 * labels app.kubernetes.io/name and app, then the object's own name; the first that finds this workload alone is taken. A Job or Pod
 * of the same name comes and goes, so it is no reason for another name: the persona claims it too while it is there.
 */
export function claimNames(all: readonly Workload[]): Claims {
  const adopted = all.filter(isAdopted).sort(compareWorkloads);
  const index = new ClaimIndex(all);
  const byName = new Map<string, readonly Workload[]>();
  const isTaken = new Set<Workload>();
  const claim = (name: string, workloads: readonly Workload[]) => {
    byName.set(name, workloads);
    for (const workload of workloads) isTaken.add(workload);
  };
  // Those that cannot be told apart first: their persona takes in all that it finds.
  const alone = new Map<Workload, string>();
  for (const workload of adopted) {
    const names = index.namesOf(workload);
    const own = names.find((name) => {
      const [found, ...others] = index.findAdopted(name);
      return found === workload && others.length === 0;
    });
    if (own !== undefined) alone.set(workload, own);
    else if (!isTaken.has(workload)) claimTogether(workload, names, index, claim);
  }
  for (const [workload, name] of alone) if (!isTaken.has(workload)) claim(name, index.find(name));
  return settle(adopted, byName);
}

function claimTogether(
  workload: Workload,
  names: readonly string[],
  index: ClaimIndex,
  claim: (name: string, workloads: readonly Workload[]) => void,
): void {
  const [fewest] = names
    .map((name) => ({ name, workloads: index.find(name) }))
    .filter(({ workloads }) => workloads.includes(workload))
    .sort((left, right) => left.workloads.length - right.workloads.length);
  if (fewest !== undefined) claim(fewest.name, fewest.workloads);
}

/** Only claims that hold from both sides are kept: a workload that another persona would claim by a stronger label is left out. */
function settle(adopted: readonly Workload[], byName: ReadonlyMap<string, readonly Workload[]>): Claims {
  const names = [...byName.keys()].sort(compareText);
  const personas = new Map(names.map((name) => [name, { metadata: { name }, spec: { name } }]));
  const claims: Claim[] = [];
  const claimed = new Set<Workload>();
  for (const name of names) {
    const workloads = byName.get(name) ?? [];
    const isStolen = workloads.filter(isAdopted).some((workload) => {
      // Only personas of a name that the workload carries can claim it: thousands of others need not be asked.
      const carried = [...new Set(listClaimableNames(workload).flat())];
      const rivals = carried.flatMap((candidate) => personas.get(candidate) ?? []);
      return findPersonas(workload, rivals).some((other) => other.spec.name !== name);
    });
    if (isStolen) continue;
    claims.push({ name, workloads });
    for (const workload of workloads) claimed.add(workload);
  }
  const unclaimed = adopted.filter((workload) => !claimed.has(workload)).map(explain);
  return { claims, unclaimed };
}

function explain(workload: Workload): Unclaimed {
  const { kind, name, namespace } = workload;
  const hasName = listClaimableNames(workload)
    .flat()
    .some((candidate) => dnsLabel.test(candidate));
  return {
    workload,
    reason: hasName
      ? 'its names and labels lead to another workload of the namespace'
      : 'none of its names and labels can be the name of a persona',
    hint: `kubectl label -n ${namespace} ${kind.toLowerCase()}/${name} app.kubernetes.io/name=NAME gives it one of its own`,
  };
}

/** By kind and name: the order in which workloads of a claim stand. */
export function compareWorkloads(left: Workload, right: Workload): number {
  return compareText(left.kind, right.kind) || compareText(left.name, right.name);
}

/** What a persona of a name would find, asked once for each name; only workloads that carry the name are looked at. */
class ClaimIndex {
  private readonly byName = new Map<string, Workload[]>();
  private readonly found = new Map<string, readonly Workload[]>();
  private readonly adopted = new Map<string, readonly Workload[]>();

  constructor(workloads: readonly Workload[]) {
    for (const workload of workloads) {
      for (const name of new Set(listClaimableNames(workload).flat())) {
        const holders = this.byName.get(name) ?? [];
        holders.push(workload);
        this.byName.set(name, holders);
      }
    }
  }

  /** The names by which a persona could find the workload and be called, the strongest first. */
  namesOf(workload: Workload): string[] {
    const [label = [], app = [], name = []] = listClaimableNames(workload);
    return [...new Set([...label, ...app, ...name])].filter((candidate) => dnsLabel.test(candidate));
  }

  findAdopted(name: string): readonly Workload[] {
    const known = this.adopted.get(name);
    if (known !== undefined) return known;
    const workloads = this.find(name).filter(isAdopted);
    this.adopted.set(name, workloads);
    return workloads;
  }

  find(name: string): readonly Workload[] {
    const known = this.found.get(name);
    if (known !== undefined) return known;
    const persona = { metadata: { name }, spec: { name } };
    const workloads = findWorkloads(persona, this.byName.get(name) ?? []);
    this.found.set(name, workloads);
    return workloads;
  }
}
