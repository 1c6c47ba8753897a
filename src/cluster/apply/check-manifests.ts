// Manifests as personas: other kinds are turned away, and every problem is found before anything is written.
import { DorguError } from '../../api/errors.ts';
import { fieldsOf, textOf, type Fields } from '../../api/foreign-fields.ts';
import { apiVersion } from '../../api/group-version.ts';
import { validateApplicationPersona, validateClusterPersona } from '../../api/validate.ts';
import { formatPlace } from '../../document/manifest-problem.ts';
import type { Manifest } from '../../document/manifest.ts';
import { findPersonaResource, type PersonaInput } from './persona-input.ts';

/** What the API server writes and does not want back; `kubectl get -o yaml` has it all. */
const serverFields: readonly string[] = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
];

/** Problems of one run that are printed. */
const MAX_SHOWN = 20;

/** @throws DorguError NotAPersona or PersonaInvalid with file:line:column for every problem */
export function toPersonaInputs(manifests: readonly Manifest[]): PersonaInput[] {
  assertPersonas(manifests);
  const problems = [...manifests.flatMap(findProblems), ...findRepeated(manifests)];
  if (problems.length > 0) throw createInvalidError(problems);
  return manifests.map(toInput);
}

const placeOf = (manifest: Manifest, path: string) =>
  formatPlace(manifest.file, path === '' ? manifest : manifest.locate(path));

const kindOf = ({ object }: Manifest) => textOf(object['kind']);
const isOurs = ({ object }: Manifest) =>
  textOf(object['apiVersion']) === apiVersion && findPersonaResource(textOf(object['kind'])) !== undefined;

function assertPersonas(manifests: readonly Manifest[]): void {
  const others = manifests.filter((manifest) => !isOurs(manifest));
  const [first] = others;
  if (first === undefined) return;
  const name = textOf(fieldsOf(first.object['metadata'])['name']);
  const what = `${textOf(first.object['apiVersion'])} ${kindOf(first)}${name === '' ? '' : ` ${name}`}`;
  const more = others.length === 1 ? '' : `, and ${others.length - 1} more objects that are none`;
  throw new DorguError(
    'NotAPersona',
    `${placeOf(first, '')}: expected an ApplicationPersona or a ClusterPersona of ${apiVersion}, found ${what}${more}`,
    {
      hint: `kubectl apply -f ${first.file} applies objects of any kind, personas too`,
      details: others.slice(1, MAX_SHOWN).map((other) => `${placeOf(other, '')}: ${kindOf(other)}`),
    },
  );
}

function findProblems(manifest: Manifest): string[] {
  const validate =
    kindOf(manifest) === 'ClusterPersona' ? validateClusterPersona : validateApplicationPersona;
  const result = validate(withoutServerFields(manifest));
  const unknown = result.unknownFields.map((path) => ({ path, message: 'the API has no such field' }));
  return [...(result.ok ? [] : result.problems), ...unknown].map(
    ({ path, message }) => `${placeOf(manifest, path)}: ${path}: ${message}`,
  );
}

/** The same persona in two places would be written twice, and never be unchanged. */
function findRepeated(manifests: readonly Manifest[]): string[] {
  const first = new Map<string, Manifest>();
  return manifests.flatMap((manifest) => {
    const { name, namespace } = fieldsOf(manifest.object['metadata']);
    const key = JSON.stringify([kindOf(manifest), namespace ?? '', name]);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, manifest);
      return [];
    }
    const what = `${kindOf(manifest)} ${textOf(name)}`;
    return [`${placeOf(manifest, '')}: ${what} stands in ${placeOf(earlier, '')} already`];
  });
}

function createInvalidError(problems: readonly string[]): DorguError {
  const [first = '', ...others] = problems;
  const more = others.length > MAX_SHOWN ? [`and ${others.length - MAX_SHOWN} more`] : [];
  return new DorguError('PersonaInvalid', first, {
    hint: 'nothing was written; kubectl explain applicationpersona.spec shows the fields',
    details: [...others.slice(0, MAX_SHOWN), ...more],
  });
}

function toInput(manifest: Manifest): PersonaInput {
  const { apiVersion: _, kind: __, metadata, ...rest } = withoutServerFields(manifest);
  const kind = kindOf(manifest);
  const resource = findPersonaResource(kind);
  if (resource === undefined) throw new TypeError(`${kind} was let through`);
  const name = textOf(fieldsOf(metadata)['name']);
  const object = { apiVersion, kind, metadata: { ...fieldsOf(metadata), name }, ...rest };
  return { object, resource, place: placeOf(manifest, '') };
}

/** As a person wrote it: applying what the server wrote would be a claim to it. */
function withoutServerFields({ object }: Manifest): Fields {
  const { status: _, ...rest } = object;
  const metadata = rest['metadata'];
  if (fieldsOf(metadata) !== metadata) return rest;
  const kept = Object.entries(metadata as Fields).filter(([key]) => !serverFields.includes(key));
  return { ...rest, metadata: Object.fromEntries(kept) };
}
