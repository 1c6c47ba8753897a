// The cache of ApplicationPersonas, and what it keeps of them.
import { fieldAt, textOf } from '../../src/api/foreign-fields.ts';
import { modeKey } from '../../src/api/group-version.ts';
import type { ApplicationPersona, EffectiveApplicationPersona } from '../../src/api/personas.ts';
import { resources } from '../../src/kube/resources.ts';
import { reopenPersona, settlePersona } from '../../src/rules/settle-input.ts';
import { readSeenStatus, type SeenStatus } from '../../src/status/seen-status.ts';
import type { CacheOptions } from '../manager/cache.ts';
import type { SeenLearned } from './learned.ts';
import { packAdvice, unpackAdvice } from './advice.ts';
import { packLearned, unpackLearned } from './pack-learned.ts';
import { lengthen, shorten } from './short-text.ts';
import { pack, unpack, within, type Watched } from './watched.ts';

/** An ApplicationPersona; `text` is its settled spec, without what nothing is judged by. */
export interface WatchedPersona extends Watched {
  uid: string;
  resourceVersion: string;
  generation: number | undefined;
  /** spec.name: what workloads are matched with. */
  application: string;
  /** spec.ownership.team; empty where nobody says. */
  team: string;
  /** Its annotation asks admission to enforce: all that an annotation of a persona can say. */
  isEnforcing: boolean;
  /** JSON, shortened, of the status as it stands in the cluster: {@link SeenStatus}. */
  status: string;
  /** What was learnt, as it stands there, packed: {@link SeenLearned}; empty for nothing. */
  learned: string;
  /** What its status recommends for containers, as far as they are judged by it, packed; empty where nothing is. */
  advice: string;
}

/** The persona, for rules and status; of its status only what it recommends for containers is there, of its annotations the mode. */
export function openPersona(watched: WatchedPersona): EffectiveApplicationPersona {
  const { namespace, name, uid, generation, isEnforcing, advice } = watched;
  const annotations = isEnforcing ? { annotations: { [modeKey]: 'enforcing' } } : {};
  return reopenPersona({
    apiVersion: 'dorgu.io/v1',
    kind: 'ApplicationPersona',
    metadata: { name, namespace, uid, ...(generation === undefined ? {} : { generation }), ...annotations },
    spec: unpack(watched) as EffectiveApplicationPersona['spec'],
    ...(advice === '' ? {} : { status: { recommendations: unpackAdvice(advice, watched) } }),
  });
}

/** The status that stands in the cluster. */
export function openStatus(watched: Pick<WatchedPersona, 'status' | 'name' | 'namespace'>): SeenStatus {
  return JSON.parse(lengthen(watched.status, watched)) as SeenStatus;
}

/** What was learnt, as it stands in the cluster. */
export function openLearned({ learned }: Pick<WatchedPersona, 'learned'>): SeenLearned {
  return unpackLearned(learned);
}

/** Also for the answer to a write. */
export function projectPersona(object: unknown): WatchedPersona {
  const settled = settlePersona(object as ApplicationPersona);
  const { ownership, technical: _, dependencies: __, ...judged } = settled.spec;
  const metadata = fieldAt(object, 'metadata');
  const generation = fieldAt(metadata, 'generation');
  const { namespace, name, text } = pack(object, judged);
  // One literal, no spread: objects of one shape, with nothing beside themselves.
  return {
    namespace,
    name,
    text,
    uid: textOf(fieldAt(metadata, 'uid')),
    resourceVersion: textOf(fieldAt(metadata, 'resourceVersion')),
    generation: Number.isSafeInteger(generation) && Number(generation) >= 0 ? Number(generation) : undefined,
    application: settled.spec.name,
    team: ownership?.team ?? '',
    isEnforcing: fieldAt(metadata, 'annotations', modeKey) === 'enforcing',
    status: shorten(JSON.stringify(readSeenStatus(fieldAt(object, 'status'))), { namespace, name }),
    learned: packLearned(fieldAt(object, 'status')),
    advice: packAdvice(settled, { namespace, name }),
  };
}

/** Whether nothing differs that the persona is judged by or that its controller has written. */
export function isSamePersona(one: WatchedPersona, other: WatchedPersona): boolean {
  return isSameButStatus(one, other) && one.status === other.status;
}

/** The same but for what its controller has written. `text` is the spec as far as anybody is judged by it; annotations have no generation. */
export function isSameButStatus(one: WatchedPersona, other: WatchedPersona): boolean {
  return (
    one.uid === other.uid &&
    one.generation === other.generation &&
    one.team === other.team &&
    one.isEnforcing === other.isEnforcing &&
    one.text === other.text &&
    one.advice === other.advice
  );
}

/** Personas of the namespace by the name of their application. */
export const byApplication = 'application';

/** Every ApplicationPersona; none while the CRD is missing. */
export const watchedPersonas: CacheOptions<WatchedPersona> = {
  resource: resources.applicationPersonas,
  isOptional: true,
  project: projectPersona,
  indices: { [byApplication]: ({ namespace, application }) => [within(namespace, application)] },
};
