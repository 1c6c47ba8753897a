// Three-way merge of a YAML file: the meaning decides what is right, and the lines of the person are kept wherever they say it.
import { isAlias, parseAllDocuments, type Document, type ParsedNode, visit } from 'yaml';
import { listCommentLines } from './merge-comments.ts';
import type { MergeConflict, MergedText } from './merge-conflict.ts';
import { mergeLines } from './merge-lines.ts';
import { mergeNodes } from './merge-nodes.ts';
import type { Sides } from './merge-sequences.ts';
import { isSameNode } from './same-nodes.ts';

type Yaml = Document<ParsedNode>;

/** Undefined where base or generated are no YAML (a Helm template): then lines are all there is. */
export function mergeYaml(sides: Sides<string>): MergedText | undefined {
  const base = parseOne(sides.base);
  const generated = parseOne(sides.generated);
  if (base === undefined || generated === undefined) return undefined;
  const mine = parseAll(sides.mine);
  if (typeof mine === 'string') return unreadable(sides, mine);
  const lines = mergeLines(sides, { mayTouch: true, takesBoth: true });
  const [only] = mine;
  if (only === undefined || mine.length > 1 || hasAliases(only))
    return checkReadable(mergeLines(sides, { mayTouch: true, takesBoth: false }));
  const conflicts: MergeConflict[] = [];
  const contents = mergeNodes(
    { base: base.contents, mine: only.contents, generated: generated.contents },
    { at: '', conflicts },
  );
  if (lines.conflicts.length === 0 && conflicts.length === 0 && says(lines.text, contents as ParsedNode))
    return lines;
  const text = printMerged(sides, only, contents as ParsedNode);
  return checkWhole(sides, { text, conflicts }, contents as ParsedNode);
}

/** The merged document in the style of mine, below the comments at its head. */
function printMerged(sides: Sides<string>, document: Yaml, contents: ParsedNode): string {
  const heads = { base: headOf(sides.base), mine: headOf(sides.mine), generated: headOf(sides.generated) };
  const head = mergeLines(heads, { mayTouch: true, takesBoth: true }).text;
  document.contents = contents;
  const body = document.toString({
    lineWidth: 0,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
    singleQuote: null,
    flowCollectionPadding: !/[[{][^\s\]}]/.test(sides.mine),
    indentSeq: !/^( *)[^\s#-][^\n]*:\n\1- /m.test(sides.mine),
    commentString: (text) => text.replace(/^(?!$)/gm, '#'),
  });
  return head + body.slice(headOf(body).length);
}

/** The comment lines and empty lines that a text begins with. */
function headOf(text: string): string {
  return /^(?:(?:#[^\n]*|[ \t]*)\n)*/.exec(text)?.[0] ?? '';
}

/** Nothing may be lost, and what was printed has to say what was merged; else mine stays, and a person decides. */
function checkWhole(
  { base, mine, generated }: Sides<string>,
  merged: MergedText,
  contents: ParsedNode,
): MergedText {
  const lost = findLostComments(base, mine, merged.text);
  if (lost.length === 0 && says(merged.text, contents)) return merged;
  const at = lost.length === 0 ? 'the whole file' : `comment ${JSON.stringify(lost[0])}`;
  const where = { at, base: undefined, mine: lost[0], generated: generated.trim() === '' ? '' : undefined };
  return { text: mine, conflicts: [...merged.conflicts, where] };
}

/** Comments of mine that are neither the base's nor in the merged text. */
function findLostComments(base: string, mine: string, merged: string): string[] {
  const known = new Set([...linesOf(base), ...linesOf(merged)]);
  return linesOf(mine).filter((line) => !known.has(line));
}

const linesOf = (text: string) =>
  parseAllDocuments(text, { keepSourceTokens: false }).flatMap(listCommentLines);

function says(text: string, contents: ParsedNode): boolean {
  const parsed = parseOne(text);
  return parsed !== undefined && isSameNode(parsed.contents, contents);
}

/** Lines that no longer make a document are no merge. */
function checkReadable(merged: MergedText): MergedText {
  const documents = parseAll(merged.text);
  if (typeof documents !== 'string') return merged;
  const where = { at: documents, base: undefined, mine: undefined, generated: undefined };
  return { text: merged.text, conflicts: [...merged.conflicts, where] };
}

/** Mine is no YAML: as long as the generator has nothing new, that is nobody's business here. */
function unreadable({ base, mine, generated }: Sides<string>, problem: string): MergedText {
  const where = { at: problem, base: undefined, mine: undefined, generated: undefined };
  return { text: mine, conflicts: base === generated ? [] : [where] };
}

function hasAliases(document: Yaml): boolean {
  let isFound = false;
  visit(document, (_, node) => {
    isFound ||=
      isAlias(node) || (typeof node === 'object' && node !== null && 'anchor' in node && !!node.anchor);
    return isFound ? visit.BREAK : undefined;
  });
  return isFound;
}

function parseOne(text: string): Yaml | undefined {
  const documents = parseAll(text);
  return typeof documents === 'string' || documents.length !== 1 ? undefined : documents[0];
}

/** The documents, or what is wrong with the text. */
function parseAll(text: string): Yaml[] | string {
  const documents = [...parseAllDocuments(text, { uniqueKeys: true })];
  const error = documents.flatMap(({ errors }) => errors)[0];
  return error === undefined ? documents : (error.message.split('\n', 1)[0] ?? 'no YAML');
}
