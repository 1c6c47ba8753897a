// The relations between the four: what admission leaves to the controller, which mode counts, and what a file cannot say.
import type { ClusterPersona } from '../../src/api/personas.ts';
import { severities } from '../../src/api/vocabulary.ts';
import { decideTogether, type Decision } from '../../src/rules/decide.ts';
import type { Finding } from '../../src/rules/finding.ts';
import { judgeMissingPersona } from '../../src/rules/missing-persona.ts';
import { resolveMode, type Mode } from '../../src/rules/mode.ts';
import { findRule } from '../../src/rules/rules.ts';
import { settleForAll } from '../../src/rules/settle-input.ts';
import { chooseClusterPersona } from '../../src/status/cluster/choose-persona.ts';
import { readTextMap } from '../../src/workload/text-map.ts';
import { readWorkload } from '../../src/workload/read-workload.ts';
import { askController } from './sides.ts';
import { keyOf, now, type ApiObject, type World } from './world.ts';

type Operation = 'CREATE' | 'UPDATE';

/**
 * Whether admission judges by what the controller finds. The controller alone says that an autoscaler is missing, because it waits for it. A
 * creation is judged without other objects, because a folder is applied object by object: rules that look for some say nothing.
 */
export function isAskedAt(operation: Operation, { rule }: Finding): boolean {
  if (rule === 'scaling/hpa-missing') return false;
  return operation === 'UPDATE' || findRule(rule)?.needsSurroundings !== true;
}

/** The one of several that counts. */
export function countingPersona({ clusterPersonas }: World): ApiObject | undefined {
  const known = clusterPersonas as unknown as (ApiObject & ClusterPersona)[];
  return chooseClusterPersona(known);
}

function labelsOf({ namespaces }: World, { metadata }: ApiObject) {
  return readTextMap(
    namespaces.find(({ metadata: { name } }) => name === metadata.namespace)?.metadata['labels'],
  );
}

function modeOf(world: World, object: ApiObject, persona: string | undefined, option: Mode): Mode {
  const isMeant = ({ metadata: { name, namespace } }: ApiObject) =>
    name === persona && namespace === object.metadata.namespace;
  const annotations = world.personas.find(isMeant)?.metadata['annotations'];
  return resolveMode(option, labelsOf(world, object), readTextMap(annotations));
}

/** That a workload has no persona; asked of one that has none. */
export function findMissing(world: World, object: ApiObject): Finding[] {
  const counting = countingPersona(world);
  return judgeMissingPersona(readWorkload(object)!, {
    clusterPersona: counting && settleForAll(counting as unknown as ClusterPersona),
    namespaceLabels: labelsOf(world, object),
    now,
  });
}

// The same world for each of its workloads, so that it is judged once.
const bare = new WeakMap<World, World>();

/** The world without anything around its workloads but autoscalers: one that is there already decides about replicas at a creation, too. */
function withoutAround(world: World): World {
  const autoscalers = world.around.filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
  const known = bare.get(world) ?? { ...world, around: autoscalers };
  bare.set(world, known);
  return known;
}

/** The world once the object is in it as it stands here. */
function withObject(world: World, object: ApiObject): World {
  if (world.workloads.includes(object)) return world;
  const others = world.workloads.filter((other) => keyOf(other) !== keyOf(object));
  return { ...world, workloads: [...others, object] };
}

/** What admission finds, from what the controller finds, by persona: of a creation, where nothing is around but autoscalers. */
export function findClaims(
  world: World,
  object: ApiObject,
  operation: Operation,
): Map<string, readonly Finding[]> {
  const seen = operation === 'UPDATE' ? world : withoutAround(world);
  const claims = askController(withObject(seen, object)).get(keyOf(object)) ?? [];
  return new Map(
    [...claims].map(([persona, findings]) => [
      persona,
      findings.filter((finding) => isAskedAt(operation, finding)),
    ]),
  );
}

/** What admission has to decide, from what the controller finds of the object as it will be, and as it was. */
export function foresee(
  world: World,
  { object, before }: { object: ApiObject; before?: ApiObject },
  option: Mode,
): Decision {
  const operation = before === undefined ? 'CREATE' : 'UPDATE';
  const find = (one: ApiObject) =>
    [...findClaims(world, one, operation)].map(([persona, findings]) => ({
      persona: persona,
      findings,
    }));
  const orMissing = (one: ApiObject) => {
    const claims = find(one);
    return claims.length > 0 ? claims : [{ persona: undefined, findings: findMissing(world, one) }];
  };
  const was = before && orMissing(before);
  const inputs = orMissing(object).map(({ persona, findings }) => ({
    mode: modeOf(world, object, persona, option),
    personaName: persona,
    findings,
    findingsBefore: was && (was.find((one) => one.persona === persona)?.findings ?? []),
  }));
  return decideTogether(
    inputs.sort((left, right) => ((left.personaName ?? '') < (right.personaName ?? '') ? -1 : 1)),
  );
}

/** A file knows neither who applies it nor what lies in other files: these say something else of it, or nothing. */
const knownOnlyLive = new Set([
  'scaling/static-replicas-with-hpa',
  'scaling/hpa-missing',
  'scaling/hpa-target-missing',
]);

/** A finding as `check` says it: of the file that holds the object. */
export interface FiledFinding extends Pick<
  Finding,
  'rule' | 'severity' | 'level' | 'message' | 'field' | 'exception' | 'subject'
> {
  file: string;
}

/** What check has to say of the files of a world: each thing once, as gravely as any persona has it. */
export function foreseeCheck(world: World): FiledFinding[] {
  const judged = askController(world);
  const filed = world.workloads.flatMap((object) => {
    const claims = judged.get(keyOf(object));
    const findings = claims === undefined ? findMissing(world, object) : [...claims.values()].flat();
    const namespace = object.metadata.namespace ?? '';
    return findings.map(({ object: other, ...finding }) => ({
      ...finding,
      file: other === undefined ? keyOf(object) : other.replace('/', `/${namespace}/`),
    }));
  });
  const once = Map.groupBy(filed, ({ file, rule, message }) => JSON.stringify([file, rule, message]));
  return [...once.values()].flatMap((same) => same.sort(compareGravity).slice(0, 1));
}

/** Exceptions lift a finding for one persona: if another holds it up, it counts. */
function compareGravity(left: FiledFinding, right: FiledFinding): number {
  const rank = ({ severity, exception }: FiledFinding) =>
    exception === undefined ? severities.indexOf(severity) : severities.length;
  return rank(left) - rank(right);
}

/** Findings as lines to compare, sorted; what a file cannot know is left out. */
export function toLines(findings: readonly FiledFinding[]): string[] {
  return findings
    .filter(({ rule }) => !knownOnlyLive.has(rule))
    .map(({ file, rule, severity, level, message, field, exception }) =>
      [file, rule, severity, level, message, field, exception?.until ?? 'counts'].join(' | '),
    )
    .sort();
}
