// What a person may do to generated files: edits drawn by numbers, each with what has to be true of it afterwards.
import { isMap, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml';
import { keyOf } from '../../../src/document/merge/same-nodes.ts';

/** An edit as it is drawn: numbers choose among what there is. */
export interface EditDraw {
  kind: (typeof EDIT_KINDS)[number];
  file: number;
  place: number;
  token: number;
}

export const EDIT_KINDS = [
  'change a value',
  'add a key',
  'remove a key',
  'add a list item',
  'remove a list item',
  'reorder keys',
  'add a comment above',
  'add a comment behind',
  'add an empty line',
  'add a line of text',
  'change a line of text',
  'delete a file',
  'rename a file',
  'add a file',
  'add a resource',
] as const;

/** The application's files by path, without what the generator keeps for itself. */
export type Files = Map<string, string>;

/** What was done. */
export interface Edit {
  kind: EditDraw['kind'];
  path: string;
  /** Says what is wrong with the files after a run that kept the edit; undefined where nothing is. */
  check(after: Files): string | undefined;
}

/** Does it; undefined where there is nothing to do it to. */
export function applyEdit(files: Files, draw: EditDraw): Edit | undefined {
  if (draw.kind === 'add a file') return addFile(files, draw);
  const paths = [...files.keys()].filter((path) => isFit(path, draw.kind)).sort();
  const path = paths[draw.file % Math.max(1, paths.length)];
  const text = path === undefined ? undefined : files.get(path);
  if (path === undefined || text === undefined) return undefined;
  const on = { files, path, text, draw, token: `mine${draw.token}` };
  if (draw.kind === 'delete a file' || draw.kind === 'rename a file') return removeFile(on);
  const done = draw.kind.includes('line') || draw.kind.includes('comment') ? editText(on) : editYaml(on);
  if (done === undefined) return undefined;
  files.set(path, done.text);
  return { kind: draw.kind, path, check: done.check };
}

interface Target {
  files: Files;
  path: string;
  text: string;
  draw: EditDraw;
  token: string;
}

const isYaml = (path: string) => path.endsWith('.yaml');

function isFit(path: string, kind: EditDraw['kind']): boolean {
  if (kind === 'add a resource') return path === 'k8s/kustomization.yaml';
  if (kind.includes('text')) return !isYaml(path);
  if (kind.endsWith('a file')) return path.startsWith('k8s/') && !path.endsWith('kustomization.yaml');
  return isYaml(path);
}

function addFile(files: Files, { token }: EditDraw): Edit {
  const path = `k8s/mine${token}.yaml`;
  const text = `# mine${token}\na: 1\n`;
  files.set(path, text);
  return {
    kind: 'add a file',
    path,
    check: (after) => (after.get(path) === text ? undefined : `${path} changed`),
  };
}

function removeFile({ files, path, text, draw, token }: Target): Edit {
  files.delete(path);
  const renamed = `k8s/${token}.yaml`;
  if (draw.kind === 'rename a file') files.set(renamed, text);
  return {
    kind: draw.kind,
    path,
    check: (after) => {
      if (after.has(path)) return `${path} came back`;
      return draw.kind === 'rename a file' && after.get(renamed) !== text ? `${renamed} changed` : undefined;
    },
  };
}

interface Done {
  text: string;
  check: Edit['check'];
}

const holds =
  (path: string, token: string, what: string): Edit['check'] =>
  (after) =>
    (after.get(path) ?? '').includes(token) ? undefined : `${path} lost ${what} ${token}`;

/** Lines that are a text's own: a script inside of YAML has no comments. */
function editText({ path, text, draw, token }: Target): Done | undefined {
  const lines = text.split('\n');
  const scriptAt = lines.findIndex((line) => /[|>][-+]?$/.test(line));
  const usable = lines
    .slice(0, scriptAt === -1 ? lines.length - 1 : scriptAt)
    .flatMap((line, index) => (line.trim() === '' || /^---/.test(line) ? [] : [index]));
  const at = usable[draw.place % Math.max(1, usable.length)];
  if (at === undefined) return undefined;
  const line = lines[at] ?? '';
  const indent = /^ */.exec(line)?.[0] ?? '';
  if (draw.kind === 'add an empty line') {
    lines.splice(at, 0, '');
    return { text: lines.join('\n'), check: () => undefined };
  }
  if (draw.kind === 'add a comment above') lines.splice(at, 0, `${indent}# ${token}`);
  else if (draw.kind === 'add a comment behind') lines[at] = `${line} # ${token}`;
  else if (draw.kind === 'add a line of text') lines.splice(at + 1, 0, `Text ${token}`);
  else lines[at] = `${line} ${token}`;
  return { text: lines.join('\n'), check: holds(path, token, draw.kind) };
}

function editYaml(target: Target): Done | undefined {
  const document = parseDocument(target.text);
  const check = change(document, target);
  return check && { text: document.toString({ lineWidth: 0 }), check };
}

function change(document: Document, target: Target): Edit['check'] | undefined {
  const { draw, path, token } = target;
  const places = listPlaces(document.contents);
  const pick = <T>(list: readonly T[]): T | undefined => list[draw.place % Math.max(1, list.length)];
  if (draw.kind === 'change a value') {
    const place = pick(places.filter(({ node }) => isScalar(node)));
    if (!place || !isScalar(place.node)) return undefined;
    place.node.value = token;
    delete place.node.source;
    return holdsAt(path, place.name, token);
  }
  if (draw.kind === 'add a key') {
    const place = pick(places.filter(({ node }) => isMap(node)));
    if (!place || !isMap(place.node)) return undefined;
    place.node.set(document.createNode(token), document.createNode('added'));
    return holdsAt(path, `${place.name}.${token}`, 'added');
  }
  if (draw.kind === 'remove a key') return removeKey(pick(places.filter(({ node }) => isMap(node))), target);
  if (draw.kind === 'reorder keys') return reorder(pick(places.filter(({ node }) => isMap(node))));
  return changeList(document, pick(places.filter(({ node }) => isSeq(node))), target);
}

function removeKey(place: Place | undefined, { draw, path }: Target): Edit['check'] | undefined {
  const pair = isMap(place?.node)
    ? place.node.items[draw.token % Math.max(1, place.node.items.length)]
    : undefined;
  if (!place || !pair || !isMap(place.node)) return undefined;
  const name = `${place.name}.${keyOf(pair)}`;
  place.node.items.splice(place.node.items.indexOf(pair), 1);
  return (after) => (readAll(after.get(path)).has(name) ? `${path}: ${name} came back` : undefined);
}

/** An order is kept as long as nothing else is to be done to the map; it is never an error. */
function reorder(place: Place | undefined): Edit['check'] | undefined {
  if (!isMap(place?.node)) return undefined;
  place.node.items.reverse();
  return () => undefined;
}

function changeList(
  document: Document,
  place: Place | undefined,
  { draw, path, token }: Target,
): Edit['check'] | undefined {
  if (draw.kind === 'add a resource') {
    document.addIn(['resources'], `${token}.yaml`);
    return holds(path, token, 'resource');
  }
  if (!isSeq(place?.node)) return undefined;
  if (draw.kind === 'add a list item') {
    const isOfMaps = place.node.items.some((item) => isMap(item));
    place.node.add(document.createNode(isOfMaps ? { name: token } : token));
    return holds(path, token, 'item');
  }
  if (place.node.items.length === 0) return undefined;
  place.node.items.splice(draw.token % place.node.items.length, 1);
  return () => undefined;
}

interface Place {
  /** `.spec.template.spec.containers[shop].image`; an item without a name has `[?]`. */
  name: string;
  node: Node;
}

function listPlaces(node: Node | null, name = ''): Place[] {
  if (node === null) return [];
  const own = { name, node };
  if (isMap(node))
    return [
      own,
      ...node.items.flatMap((pair) => listPlaces(pair.value as Node | null, `${name}.${keyOf(pair)}`)),
    ];
  if (isSeq(node))
    return [own, ...node.items.flatMap((item) => listPlaces(item as Node, `${name}[${nameOf(item)}]`))];
  return [own];
}

function nameOf(item: unknown): string {
  const name: unknown = isMap(item) ? item.get('name') : isScalar(item) ? item.value : undefined;
  return typeof name === 'string' || typeof name === 'number' ? String(name) : '?';
}

/** Every place that has a name, with the value of its scalar. */
export function readAll(text: string | undefined): Map<string, unknown> {
  if (text === undefined) return new Map();
  return new Map(
    listPlaces(parseDocument(text).contents).map(({ name, node }) => [
      name,
      isScalar(node) ? node.value : undefined,
    ]),
  );
}

/** Where the place has no name of its own, anywhere in the file. */
function holdsAt(path: string, name: string, value: string): Edit['check'] {
  return (after) => {
    const values = readAll(after.get(path));
    const isThere = name.includes('[') ? (after.get(path) ?? '').includes(value) : values.get(name) === value;
    return isThere ? undefined : `${path}: ${name} lost ${value}`;
  };
}
