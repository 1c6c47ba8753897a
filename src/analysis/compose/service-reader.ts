// What every reader of a service's keys starts from: the service, the notes that it may add to, evidence in one form.
import type { Note } from '../../application/application.ts';
import { CONFIDENCE, type Evidence, type Fact } from '../../application/fact.ts';
import { createComposeError, describeNode } from './compose-error.ts';
import type { LoadContext } from './load-context.ts';
import { entryOf, isIncomplete, textOf, type ComposeNode, type MappingNode } from './node.ts';

/** One service while it is read. */
export interface ServiceReader {
  readonly context: LoadContext;
  /** The whole merged model, for top-level volumes, secrets and configs. */
  readonly model: MappingNode;
  readonly name: string;
  readonly service: ComposeNode;
  readonly notes: Note[];
  /** Values of secret variables of the whole project; never to leave this room. */
  readonly secretValues: ReadonlySet<string>;
}

/** A node of the service by path. */
export function valueAt(reader: ServiceReader, ...path: readonly string[]): ComposeNode | undefined {
  return entryOf(reader.service, ...path);
}

/** Text of a node of the service; undefined where it is absent, null, or lacks a variable. */
export function textAt(reader: ServiceReader, ...path: readonly string[]): string | undefined {
  const node = valueAt(reader, ...path);
  if (node === undefined) return undefined;
  if (!isIncomplete(node)) return textOf(node);
  noteIncomplete(reader, node, path.join('.'));
  return undefined;
}

/** The line that says so. */
export function createEvidence(node: ComposeNode, reason: string): Evidence {
  return { file: node.place.file, line: node.place.line, reason };
}

/** A fact as firm as compose is. */
export function createComposeFact<T>(value: T, node: ComposeNode, reason: string): Fact<T> {
  return { value, confidence: CONFIDENCE.compose, evidence: [createEvidence(node, reason)] };
}

/** `{key: [fact]}` of a text, or nothing. */
export function readTextFact(reader: ServiceReader, key: string, reason: string): Fact<string>[] | undefined {
  const node = valueAt(reader, key);
  const text = textAt(reader, key);
  return node === undefined || text === undefined || text === ''
    ? undefined
    : [createComposeFact(text, node, reason)];
}

/** Adds a note about the service. */
export function addNote(
  reader: ServiceReader,
  kind: Note['kind'],
  message: string,
  node: ComposeNode,
  reason = message,
): void {
  reader.notes.push({ component: reader.name, kind, message, evidence: [createEvidence(node, reason)] });
}

/** A malformed value: an error, unless a variable without value (or a secret one) is part of it, which is then noted. */
export function refuseValue(reader: ServiceReader, node: ComposeNode, key: string, expected: string): void {
  if (isIncomplete(node)) {
    noteIncomplete(reader, node, key);
    return;
  }
  throw createComposeError(
    'ComposeInvalid',
    node.place,
    `services.${reader.name}.${key}: expected ${expected}, found ${describeNode(node)}`,
  );
}

function noteIncomplete(reader: ServiceReader, node: ComposeNode, key: string): void {
  const names = node.kind === 'scalar' ? [...(node.missing ?? []), ...(node.secrets ?? [])] : [];
  addNote(
    reader,
    'missing',
    `services.${reader.name}.${key} is not known before ${[...new Set(names)].join(', ')} has a value`,
    node,
    'the variable has no value here',
  );
}
