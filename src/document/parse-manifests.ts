// Turns the text of a file into the objects in it: several documents, lists, comments of helm template.
import { fieldAt, fieldsOf, textOf, type Fields } from '../api/foreign-fields.ts';
import { MAX_DEPTH } from './limits.ts';
import { ManifestFault, type ManifestProblem } from './manifest-problem.ts';
import type { Manifest, Position, SkippedInput, SkipReason } from './manifest.ts';
import { parseJsonDocuments } from './parse-json.ts';
import { createLocator, parseYamlDocuments, type ParsedDocument } from './parse-yaml.ts';
import { findOffset, type Place } from './place.ts';

/** A text and where it is from. */
export interface ManifestText {
  /** As `Manifest.file`. */
  file: string;
  text: string;
  isNamed: boolean;
}

/** One thing that was found in a text. */
export type ParsedPart = { manifest: Manifest } | { skipped: SkippedInput } | { problem: ManifestProblem };

/** The parts in their order, one by one, so that a caller can breathe between them. Never throws for what the text says. */
export function* parseManifests(source: ManifestText): Generator<ParsedPart> {
  const locate = createLocator(source.text);
  let index = 0;
  try {
    for (const document of parseJsonDocuments(source.text) ?? parseYamlDocuments(source.text)) {
      for (const part of readDocument(source, document, locate)) {
        if ('manifest' in part) part.manifest.index = index++;
        yield part;
      }
    }
  } catch (fault) {
    // The library's own stack may end before our bounds are reached.
    if (fault instanceof RangeError)
      yield toProblem(source, new ManifestFault('ManifestTooLarge', 'too deeply nested to be read'), locate);
    else if (fault instanceof ManifestFault) yield toProblem(source, fault, locate);
    else throw fault;
  }
}

type Locator = (offset: number) => Position;

function toProblem(
  source: ManifestText,
  fault: ManifestFault,
  locate: Locator,
): { problem: ManifestProblem } {
  const position = fault.offset === undefined ? undefined : locate(fault.offset);
  if (fault.code === 'ManifestSyntax' && source.text.includes('{{'))
    return { problem: createTemplateProblem(source.file, position) };
  const { code, message, hint } = fault;
  return { problem: { code, file: source.file, position, message, hint } };
}

/** Templates are no YAML. */
export function createTemplateProblem(file: string, position: Position | undefined): ManifestProblem {
  return {
    code: 'ManifestTemplate',
    file,
    position,
    message: 'expected YAML, found a template',
    hint: 'templates are not YAML: pipe what `helm template CHART` prints, and name - as the file',
  };
}

function* readDocument(
  source: ManifestText,
  { content, fault, prelude }: ParsedDocument,
  locate: Locator,
): Generator<ParsedPart> {
  if (fault !== undefined) yield toProblem(source, fault, locate);
  if (content === undefined || content.value === null) return;
  const origin = /^# Source: ([^\r\n]{1,400})$/m.exec(prelude)?.[1]?.trim();
  for (const { value, place } of expandList(content.value, content.place, 0)) {
    const { line, column } = locate(place.offset);
    const reason = findSkipReason(value);
    if (reason !== undefined) {
      yield { skipped: { file: source.file, line, reason, isNamed: source.isNamed } };
      continue;
    }
    const object = fieldsOf(value);
    const locatePath: Manifest['locate'] = (path) => locate(findOffset(place, path));
    yield { manifest: { file: source.file, index: 0, line, column, origin, object, locate: locatePath } };
  }
}

function findSkipReason(value: unknown): SkipReason | undefined {
  const apiVersion = textOf(fieldAt(value, 'apiVersion'));
  if (apiVersion.startsWith('kustomize.config.k8s.io/')) return 'kustomization';
  return apiVersion === '' || textOf(fieldAt(value, 'kind')) === '' ? 'no-object' : undefined;
}

/** The items of a `List` or `DeploymentList`, of lists within it too; anything else is itself. */
function* expandList(
  value: unknown,
  place: Place,
  depth: number,
): Generator<{ value: unknown; place: Place }> {
  const kind = textOf(fieldAt(value, 'kind'));
  const items = fieldAt(value, 'items');
  if (!kind.endsWith('List') || !Array.isArray(items) || depth > MAX_DEPTH) {
    yield { value, place };
    return;
  }
  const itemPlaces = place.fields?.get('items')?.items;
  for (const [index, item] of (items as unknown[]).entries()) {
    const typed = kind === 'List' ? item : withType(item, kind, fieldAt(value, 'apiVersion'));
    yield* expandList(typed, itemPlaces?.[index] ?? place, depth + 1);
  }
}

/** Items of a `DeploymentList`, as the API gives them, do not repeat what they are. */
function withType(item: unknown, listKind: string, apiVersion: unknown): unknown {
  const fields: Fields = fieldsOf(item);
  if (fieldAt(item, 'kind') !== undefined || fieldAt(item, 'metadata') === undefined) return item;
  return { apiVersion, kind: listKind.slice(0, -'List'.length), ...fields };
}
