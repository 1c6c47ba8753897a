// Advice on one workload from what was measured of it, or why there is none.
import type { KubeObject } from '../../kube/objects.ts';
import type { OutOfMemoryKill, SizingSubject } from '../../sizing/advice.ts';
import { targets } from '../../rules/scaling/autoscalers.ts';
import { advise, assess } from '../../sizing/advise.ts';
import { parseBounds } from '../../sizing/bounds.ts';
import { readMemoryKills } from '../../sizing/memory-kills.ts';
import { replay } from '../../sizing/replay.ts';
import type { WorkloadKey } from '../../sizing/usage.ts';
import { countReplicas, findTeam, type ChosenWorkload } from './choose-workloads.ts';
import type { FindOwner } from './find-pod-owners.ts';
import { sortAdvice } from './order-advice.ts';
import type { AdvisedWorkload, Silence } from './recommended.ts';
import { idOf, type Recorded } from './record-history.ts';
import { underADay } from './silence.ts';

/** What is known of all of them. */
export interface AdviseContext extends Recorded {
  kills: KillsByWorkload;
  nowMs: number;
}

/** By {@link idOf}. */
type KillsByWorkload = ReadonlyMap<string, readonly OutOfMemoryKill[]>;

/** Kills that are older say nothing of what runs now. */
const killsCountMs = 8 * 86_400_000;

/** Who was killed for its memory, as the status of the pods tells that are there. */
export function collectKills(
  pods: readonly KubeObject[],
  findOwner: FindOwner,
  nowMs: number,
): KillsByWorkload {
  const found = new Map<string, OutOfMemoryKill[]>();
  for (const pod of pods) {
    const kills = readMemoryKills(pod).filter(({ atMs }) => nowMs - atMs < killsCountMs);
    if (kills.length === 0) continue;
    const owner = findOwner({ namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name });
    if (owner !== undefined) found.set(idOf(owner), [...(found.get(idOf(owner)) ?? []), ...kills]);
  }
  return found;
}

/** Never throws. */
export function adviseOnWorkload(chosen: ChosenWorkload, context: AdviseContext): AdvisedWorkload | Silence {
  const { view, workload, personas } = chosen;
  const key = { namespace: view.namespace, kind: workload.kind, name: workload.name };
  const where = { namespace: view.namespace, object: `${workload.kind.toLowerCase()}/${workload.name}` };
  // Where several personas claim it, whoever wants no advice is heard.
  if (personas.some(({ spec }) => parseBounds(spec.sizing).isOff))
    return { ...where, reason: 'SizingOff', message: 'spec.sizing.mode is off: no advice is wanted' };
  const subject = toSubject(chosen, key, context);
  const advice = sortAdvice(advise(subject), workload);
  if (advice.length === 0) return { ...where, ...explain(subject, key, context) };
  const windows = context.windows?.get(idOf(key));
  return {
    namespace: view.namespace,
    workload,
    personas: personas.map(({ metadata }) => metadata.name),
    team: findTeam(chosen),
    replicas: countReplicas(workload),
    advice,
    replay: windows === undefined ? undefined : replay(subject, advice, windows),
  };
}

function toSubject(
  { view, workload, personas }: ChosenWorkload,
  key: WorkloadKey,
  { history, kills, nowMs }: AdviseContext,
): SizingSubject {
  const spec = personas[0]?.spec;
  const { min, max } = parseBounds(spec?.sizing);
  return {
    workload,
    tier: spec?.tier ?? 'standard',
    autoscaler: view.surroundings.autoscalers.find((scaler) => targets(scaler, workload)),
    usage: history.usageOf(key, nowMs),
    kills: kills.get(idOf(key)) ?? [],
    ...{ min, max, nowMs },
    standing: new Set(),
  };
}

/** The gap first, then what holds advice back. */
function explain(
  subject: SizingSubject,
  key: WorkloadKey,
  { unowned }: AdviseContext,
): Pick<Silence, 'reason' | 'message'> {
  if (subject.usage.length === 0) {
    const isNear = [...unowned].some((pod) => pod.startsWith(`${key.namespace}/${key.name}-`));
    return isNear
      ? { reason: 'NoOwner', message: 'nobody knows whose the pods were that were measured' }
      : { reason: 'NoSeries', message: 'Prometheus has no series of its pods' };
  }
  const reasons = new Set(assess(subject).map(({ silence }) => silence));
  if (reasons.has('under-30-minutes'))
    return { reason: 'TooFewSamples', message: 'measured for less than 30 minutes' };
  if (reasons.has('under-a-day')) return { reason: 'UnderADay', message: underADay };
  if (reasons.has('autoscaled-by-unknown-target'))
    return { reason: 'UnknownTarget', message: 'what scales it does not say at which use' };
  return { reason: 'Fits', message: 'requests and limits fit what was measured' };
}
