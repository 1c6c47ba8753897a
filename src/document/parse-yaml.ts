// Reads text as a stream of YAML documents, bounded before the library can be led astray.
import { Composer, Lexer, LineCounter, Parser, type Document } from 'yaml';
import { convertDocument, type Converted } from './convert.ts';
import { MAX_DEPTH } from './limits.ts';
import { ManifestFault } from './manifest-problem.ts';

/** One document: its value and places, the text before it (comments), or what is wrong with it. */
export interface ParsedDocument {
  /** Undefined for an empty document. */
  content: Converted | undefined;
  fault: ManifestFault | undefined;
  /** Everything between the document before and this one's first value. */
  prelude: string;
}

/** What yaml's error codes mean for the person at the keyboard; its own messages may quote the file's values. */
const PROBLEMS: ReadonlyMap<string, string> = new Map([
  ['BAD_ALIAS', 'an alias that names no anchor before it'],
  ['BAD_INDENT', 'wrong indentation'],
  ['BLOCK_AS_IMPLICIT_KEY', 'a nested mapping on one line'],
  ['BLOCK_IN_FLOW', 'an indented block within brackets'],
  ['MISSING_CHAR', 'a quote, comma, colon or bracket is missing'],
  ['MULTILINE_IMPLICIT_KEY', 'a key that runs over several lines, or a missing colon'],
  ['TAB_AS_INDENT', 'a tab in the indentation; YAML takes only spaces'],
  ['UNEXPECTED_TOKEN', 'something that YAML does not expect here'],
  ['BAD_SCALAR_START', 'an unquoted text that starts with a character that YAML reserves'],
  ['RESOURCE_EXHAUSTION', 'too deeply nested'],
]);

/** A nested mapping and its list, both on the parser's stack, count as levels of their own. */
const MAX_STACK = 2 * MAX_DEPTH;

const UNEXPECTED = 'expected YAML, found something that YAML does not expect here';
/** Lines such as `%YAML 1.1`. */
const MAX_DIRECTIVES = 1_000;

/** The documents one by one, so that reading can stop between them. Throws {@link ManifestFault} where the nesting is too deep to go on. */
export function* parseYamlDocuments(text: string): Generator<ParsedDocument> {
  let end = 0;
  for (const document of composeDocuments(text)) {
    const start = document.contents?.range[0] ?? document.range[1];
    const prelude = text.slice(end, start);
    const length = document.range[2] - end;
    end = document.range[2];
    yield { ...toContent(document, length), prelude };
  }
}

function* composeDocuments(text: string): Generator<Document.Parsed> {
  const lexer = new Lexer();
  const parser = new Parser();
  let directiveCount = 0;
  const composer = new Composer({
    schema: 'failsafe',
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'silent',
  });
  for (const lexeme of lexer.lex(text)) {
    for (const token of parser.next(lexeme)) {
      // Text that is wrong all over costs the library microseconds a place: the first one is enough.
      if (token.type === 'error') throw new ManifestFault('ManifestSyntax', UNEXPECTED, token.offset);
      if (token.type === 'directive' && (directiveCount += 1) > MAX_DIRECTIVES)
        throw new ManifestFault('ManifestSyntax', UNEXPECTED, token.offset);
      yield* composer.next(token);
    }
    // Looked at before the composer is: its time grows with the square of the depth, and its stack ends.
    if (parser.stack.length > MAX_STACK)
      throw new ManifestFault('ManifestTooLarge', `more than ${MAX_DEPTH} levels deep`, parser.offset);
  }
  for (const token of parser.end()) yield* composer.next(token);
  yield* composer.end();
}

function toContent(document: Document.Parsed, length: number): Pick<ParsedDocument, 'content' | 'fault'> {
  const [error] = document.errors;
  if (error !== undefined) {
    const found = PROBLEMS.get(error.code) ?? 'it is not valid YAML';
    const fault = new ManifestFault('ManifestSyntax', `expected YAML, found ${found}`, error.pos[0]);
    return { content: undefined, fault };
  }
  if (document.contents === null) return { content: undefined, fault: undefined };
  try {
    return { content: convertDocument(document.contents, length), fault: undefined };
  } catch (fault) {
    if (!(fault instanceof ManifestFault)) throw fault;
    return { content: undefined, fault };
  }
}

/** Line and column of offsets in a text. */
export function createLocator(text: string): (offset: number) => { line: number; column: number } {
  let lines: LineCounter | undefined;
  return (offset) => {
    lines ??= countLines(text);
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
}

function countLines(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return lines;
}
