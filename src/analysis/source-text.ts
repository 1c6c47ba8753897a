// Blanks comments and string literals out of source text, offset for offset, so that patterns only match real code; linear time.

/** How a language writes comments and strings. `hash` is shell, properties, env files and the like: `#` comments, no strings; Ruby and Elixir are near enough to `python`. */
export type Syntax = 'javascript' | 'python' | 'go' | 'java' | 'rust' | 'lisp' | 'haskell' | 'hash';

interface Quote {
  mark: string;
  /** False: ends at the line's end, closed or not. */
  isMultiline: boolean;
  hasEscapes: boolean;
}

interface Grammar {
  lineComment: string;
  hasBlockComments: boolean;
  /** Longest mark first. */
  quotes: Quote[];
  isJavaScript: boolean;
  /** The characters that may open a comment or a string. */
  openers: Uint8Array;
}

const plain = (mark: string): Quote => ({ mark, isMultiline: false, hasEscapes: true });
const long = (mark: string, hasEscapes = true): Quote => ({ mark, isMultiline: true, hasEscapes });

function toTable(characters: string): Uint8Array {
  const table = new Uint8Array(128);
  for (let at = 0; at < characters.length; at++) table[characters.charCodeAt(at)] = 1;
  return table;
}

const GRAMMARS: Record<Syntax, Grammar> = {
  javascript: {
    lineComment: '//',
    hasBlockComments: true,
    quotes: [plain('"'), plain("'")],
    isJavaScript: true,
    openers: toTable('"\'`/'),
  },
  python: {
    lineComment: '#',
    hasBlockComments: false,
    quotes: [long('"""'), long("'''"), plain('"'), plain("'")],
    isJavaScript: false,
    openers: toTable(`"'#`),
  },
  go: {
    lineComment: '//',
    hasBlockComments: true,
    quotes: [long('`', false), plain('"'), plain("'")],
    isJavaScript: false,
    openers: toTable('"\'`/'),
  },
  java: {
    lineComment: '//',
    hasBlockComments: true,
    quotes: [long('"""'), plain('"'), plain("'")],
    isJavaScript: false,
    openers: toTable(`"'/`),
  },
  // A single quote opens no string: lifetimes and type variables have one and never close it.
  rust: {
    lineComment: '//',
    hasBlockComments: true,
    quotes: [plain('"')],
    isJavaScript: false,
    openers: toTable('"/'),
  },
  lisp: {
    lineComment: ';',
    hasBlockComments: false,
    quotes: [long('"')],
    isJavaScript: false,
    openers: toTable('";'),
  },
  haskell: {
    lineComment: '--',
    hasBlockComments: false,
    quotes: [plain('"')],
    isJavaScript: false,
    openers: toTable('"-'),
  },
  hash: {
    lineComment: '#',
    hasBlockComments: false,
    quotes: [],
    isJavaScript: false,
    openers: toTable(`#`),
  },
};

/** The text with every comment blanked by spaces; same length, same line breaks. */
export function maskComments(text: string, syntax: Syntax): string {
  return blank(text, scanAll(text, syntax), false);
}

/** The text with comments and the contents of strings blanked (their quotes stay); same length, same line breaks. */
export function maskLiterals(text: string, syntax: Syntax): string {
  return blank(text, scanAll(text, syntax), true);
}

/** Both at the price of one scan: the text without comments, and what gives the one without the contents of strings too. */
export function maskSource(text: string, syntax: Syntax): { text: string; readCode: () => string } {
  const blanks = scanAll(text, syntax);
  return { text: blank(text, blanks, false), readCode: () => blank(text, blanks, true) };
}

interface Scan {
  readonly text: string;
  readonly grammar: Grammar;
  at: number;
  /** Open `${` of JavaScript templates: how many braces are open inside each. */
  readonly templates: number[];
  readonly blanks: { from: number; to: number; isComment: boolean }[];
}

function scanAll(text: string, syntax: Syntax): Scan['blanks'] {
  const scan: Scan = { text, grammar: GRAMMARS[syntax], at: 0, templates: [], blanks: [] };
  while (seekNext(scan)) step(scan);
  return scan.blanks;
}

// Inside a JavaScript template's `${`, braces count too.
const IN_TEMPLATE = toTable('"\'`/{}');

// Everything between two characters that may open something is code.
function seekNext(scan: Scan): boolean {
  const { text } = scan;
  const table = scan.templates.length > 0 ? IN_TEMPLATE : scan.grammar.openers;
  let { at } = scan;
  while (at < text.length && table[text.charCodeAt(at)] !== 1) at++;
  scan.at = at;
  return at < text.length;
}

function blank(text: string, blanks: Scan['blanks'], withStrings: boolean): string {
  const parts: string[] = [];
  let done = 0;
  for (const { from, to, isComment } of blanks) {
    if (!isComment && !withStrings) continue;
    parts.push(text.slice(done, from), text.slice(from, to).replace(/[^\r\n]/g, ' '));
    done = to;
  }
  parts.push(text.slice(done));
  return parts.join('');
}

function step(scan: Scan): void {
  const { text, grammar, at } = scan;
  if (text.startsWith(grammar.lineComment, at)) {
    skipTo(scan, lineEnd(text, at), true, at);
    return;
  }
  if (grammar.hasBlockComments && text.startsWith('/*', at)) {
    const close = text.indexOf('*/', at + 2);
    skipTo(scan, close === -1 ? text.length : close + 2, true, at);
    return;
  }
  const quote = grammar.quotes.find(({ mark }) => text.startsWith(mark, at));
  if (quote) skipString(scan, quote);
  else if (grammar.isJavaScript) stepJavaScript(scan);
  else scan.at++;
}

function stepJavaScript(scan: Scan): void {
  const char = scan.text[scan.at];
  const inner = scan.templates.length - 1;
  if (char === '`') skipTemplate(scan);
  else if (char === '/' && isRegExpPosition(scan.text, scan.at)) skipRegExp(scan);
  else if (char === '{' && inner >= 0) countBrace(scan, inner, 1);
  else if (char === '}' && inner >= 0) {
    if (scan.templates[inner] === 0) {
      scan.templates.pop();
      skipTemplate(scan);
    } else countBrace(scan, inner, -1);
  } else scan.at++;
}

function countBrace(scan: Scan, inner: number, by: number): void {
  scan.templates[inner] = (scan.templates[inner] ?? 0) + by;
  scan.at++;
}

function skipString(scan: Scan, { mark, isMultiline, hasEscapes }: Quote): void {
  const { text } = scan;
  const from = scan.at + mark.length;
  let at = from;
  while (at < text.length && !text.startsWith(mark, at)) {
    if (!isMultiline && text[at] === '\n') break;
    at += hasEscapes && text[at] === '\\' ? 2 : 1;
  }
  const to = Math.min(at, text.length);
  scan.blanks.push({ from, to, isComment: false });
  scan.at = text.startsWith(mark, to) ? to + mark.length : to;
}

// From a backtick or from the brace that closes an interpolation, to the next backtick or interpolation.
function skipTemplate(scan: Scan): void {
  const { text } = scan;
  const from = scan.at + 1;
  let at = from;
  while (at < text.length && text[at] !== '`' && !text.startsWith('${', at)) at += text[at] === '\\' ? 2 : 1;
  const to = Math.min(at, text.length);
  scan.blanks.push({ from, to, isComment: false });
  if (text.startsWith('${', to)) scan.templates.push(0);
  scan.at = text[to] === '`' ? to + 1 : to + 2;
}

// Longer ones are rare; the bound keeps unclosed ones from being read again and again.
const MAX_REGEXP = 200;

function isRegExpPosition(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && (text[before] === ' ' || text[before] === '\t')) before--;
  if (before < 0 || '(,=:[!&|?{};+-*%~^\n\r'.includes(text[before] ?? '')) return true;
  return /\b(?:return|typeof|case|in|of|void)$/.test(text.slice(Math.max(0, before - 9), before + 1));
}

function skipRegExp(scan: Scan): void {
  const { text } = scan;
  let isClass = false;
  for (let at = scan.at + 1; at < Math.min(text.length, scan.at + MAX_REGEXP); at++) {
    const char = text[at];
    if (char === '\n') break;
    if (char === '\\') at++;
    else if (char === '[') isClass = true;
    else if (char === ']') isClass = false;
    else if (char === '/' && !isClass) {
      skipTo(scan, at + 1, false, scan.at + 1, at);
      return;
    }
  }
  scan.at++;
}

function skipTo(scan: Scan, next: number, isComment: boolean, from: number, to = next): void {
  scan.blanks.push({ from, to, isComment });
  scan.at = next;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
