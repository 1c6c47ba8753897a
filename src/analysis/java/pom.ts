// Parses a pom.xml, without entities and bounded in depth; a broken one is empty.
import { XMLParser } from 'fast-xml-parser';

/** An element of a pom: text, or children by name. */
export type PomNode = { readonly [name: string]: unknown };

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  trimValues: true,
  maxNestedTags: 60,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/** The `<project>` element, or an empty one. */
export function parsePom(text: string): PomNode {
  try {
    return child(toNode(parser.parse(text)), 'project');
  } catch {
    // Not XML: nothing is known of it but that it is there.
    return {};
  }
}

function toNode(value: unknown): PomNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as PomNode) : {};
}

const own = (node: PomNode, name: string): unknown => (Object.hasOwn(node, name) ? node[name] : undefined);

/** A child element; the first where there are several, an empty one where there is none. */
export function child(node: PomNode, ...names: readonly string[]): PomNode {
  return names.reduce((inner, name) => {
    const value = own(inner, name);
    return toNode(Array.isArray(value) ? value[0] : value);
  }, node);
}

/** All children of a name. */
export function children(node: PomNode, name: string): PomNode[] {
  const value = own(node, name);
  return (Array.isArray(value) ? value : [value]).map(toNode).filter((one) => Object.keys(one).length > 0);
}

/** The text of a child, or undefined. */
export function textOf(node: PomNode, name: string): string | undefined {
  const value = own(node, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The texts of all children of a name. */
export function textsOf(node: PomNode, name: string): string[] {
  const value = own(node, name);
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');
}

/** All text children as name and text: properties. */
export function entriesOf(node: PomNode): [string, string][] {
  return Object.entries(node).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
}
