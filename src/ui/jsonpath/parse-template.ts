// Reads a JSONPath template as kubectl does: text, and expressions between braces.
import type { FilterOperator, ListNode, Node } from './node.ts';
import { parseSlice, readKey } from './parse-slice.ts';
import { TemplateScanner } from './template-scanner.ts';
import { createTemplateError } from './template-error.ts';
import { unquote } from './unquote.ts';

/** Nobody types longer ones. */
const MAX_LENGTH = 16 * 1024;

const OPERATORS: readonly string[] = ['==', '!=', '<', '<=', '>', '>='] satisfies FilterOperator[];

/**
 * The nodes of a template, each a list (between braces) or text.
 * @throws DorguError BadTemplate (usage)
 */
export function parseTemplate(template: string): Node[] {
  if (template.length > MAX_LENGTH)
    throw createTemplateError(`expected at most ${MAX_LENGTH} characters, found ${template.length}`);
  const scanner = new TemplateScanner(template);
  const nodes: Node[] = [];
  while (!scanner.isAtEnd()) {
    const text = scanner.takeUntilBrace();
    if (text !== '') nodes.push({ kind: 'text', text });
    if (scanner.isAtEnd()) break;
    nodes.push(parseAction(scanner));
  }
  return nodes;
}

/** An expression on its own: a side of a filter, a member of a union. */
function parseInner(text: string): ListNode {
  return parseAction(new TemplateScanner(`{${text}}`));
}

/** From an opening brace to its closing one. */
function parseAction(scanner: TemplateScanner): ListNode {
  const nodes: Node[] = [];
  scanner.skip(1);
  while (!scanner.accept('}')) nodes.push(...parseStep(scanner, nodes.at(-1)));
  return { kind: 'list', nodes };
}

function parseStep(scanner: TemplateScanner, before: Node | undefined): readonly Node[] {
  if (scanner.accept('[?(')) return [parseFilter(scanner.takeFilter())];
  if (scanner.accept('..')) return parseRecursive(scanner, before);
  // The object itself goes without saying.
  if (scanner.accept(' ') || scanner.accept('@') || scanner.accept('$')) return [];
  if (scanner.accept('.')) return [toField(scanner.takeName())];
  const next = scanner.peek();
  if (next === '[') return parseBrackets(scanner.takeBrackets());
  if (next === '"' || next === "'") return [{ kind: 'text', text: unquote(scanner.takeQuoted()) }];
  return [parseBareWord(scanner, next)];
}

/** What begins with a letter or a digit. */
function parseBareWord(scanner: TemplateScanner, next: string): Node {
  if (/^[-+0-9]/.test(next)) return parseNumber(scanner.takeNumber());
  if (isWordCharacter(next)) return toWord(scanner.takeWord());
  if (next === '' || next === '\n' || next === '\r') throw createTemplateError('unclosed action');
  throw createTemplateError(`unrecognized character ${JSON.stringify(next)} between braces`);
}

function parseRecursive(scanner: TemplateScanner, before: Node | undefined): Node[] {
  if (before?.kind === 'recursive') throw createTemplateError('invalid multiple recursive descent');
  const recursive: Node = { kind: 'recursive' };
  return isWordCharacter(scanner.peek()) ? [recursive, toField(scanner.takeName())] : [recursive];
}

const isWordCharacter = (character: string) => /[_\p{L}\p{Nd}]/u.test(character);

function toField(name: string): Node {
  return name === '*' ? { kind: 'wildcard' } : { kind: 'field', name: name.replaceAll('\\', '') };
}

function toWord(word: string): Node {
  if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' };
  if (word === 'range' || word === 'end') return { kind: word };
  throw createTemplateError(`unrecognized identifier ${word}; a field has a dot before it: {.${word}}`);
}

function parseNumber(text: string): Node {
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) throw createTemplateError(`cannot parse number ${text}`);
  return { kind: 'literal', value: Number(text) };
}

function parseBrackets(text: string): readonly Node[] {
  const members = text.split(',');
  if (members.length > 1)
    return [
      {
        kind: 'union',
        members: members.map((member) => parseInner(`[${member.replace(/^ +| +$/g, '')}]`)),
      },
    ];
  const key = readKey(text);
  // Dots in a key are steps, unless they are escaped: ['a\.b'].
  return key === undefined ? [parseSlice(text)] : parseInner(`.${key}`).nodes;
}

function parseFilter(text: string): Node {
  const match = /^([^!<>=]+)([!<>=]+)(.+)$/.exec(text);
  if (match === null)
    return { kind: 'filter', left: parseInner(text), operator: 'exists', right: parseInner('') };
  const [, left = '', operator = '', right = ''] = match;
  if (!isOperator(operator)) throw createTemplateError(`unrecognized filter operator ${operator}`);
  return { kind: 'filter', left: parseInner(left), operator, right: parseInner(right) };
}

const isOperator = (text: string): text is FilterOperator => OPERATORS.includes(text);
