// What the resolver of port expressions must know of a language: how names are defined and how the environment is read.
import { findInCode, type CodeFile } from './code-file.ts';

/** A language as patterns over its source. Every pattern is global, linear in the text, and names its groups. */
export interface Dialect {
  /** Groups `name` and `value`: `PORT = 8080`, `const addr = ":8080"`. */
  readonly definitions: readonly RegExp[];
  /** Group `name` is the variable, `callee` (optional) the function; ends before a comma and a default, or a closing bracket. */
  readonly environmentReads: readonly RegExp[];
  /** Group `name`; a function whose body may return a port. */
  readonly functions: RegExp;
}

/** `name = value` somewhere in the component. */
export interface Definition {
  readonly file: CodeFile;
  readonly offset: number;
  readonly value: string;
}

/** Everything that the component's source defines, by last name segment. */
export interface Definitions {
  readonly dialect: Dialect;
  readonly values: ReadonlyMap<string, readonly Definition[]>;
  readonly functions: ReadonlyMap<string, readonly Definition[]>;
}

const MAX_BODY = 600;
/** A name that is defined more often than this is no constant. */
const MAX_DEFINITIONS = 200;

/** Collects the definitions of all files. */
export function collectDefinitions(files: readonly CodeFile[], dialect: Dialect): Definitions {
  const values = new Map<string, Definition[]>();
  const functions = new Map<string, Definition[]>();
  for (const file of files) {
    for (const pattern of dialect.definitions)
      for (const { index, groups } of findInCode(file, pattern))
        add(values, groups?.['name'], { file, offset: index, value: groups?.['value'] ?? '' });
    for (const { index, groups } of findInCode(file, dialect.functions))
      add(functions, groups?.['name'], {
        file,
        offset: index,
        value: bodyOf(file, index, dialect.functions),
      });
  }
  for (const list of values.values()) list.sort((a, b) => a.offset - b.offset);
  return { dialect, values, functions };
}

function add(into: Map<string, Definition[]>, name: string | undefined, definition: Definition): void {
  if (name === undefined) return;
  const list = into.get(name);
  if (!list) into.set(name, [definition]);
  else if (list.length < MAX_DEFINITIONS) list.push(definition);
}

// To the next function, at most: enough for "read the variable, else return the default".
function bodyOf(file: CodeFile, offset: number, functions: RegExp): string {
  const text = file.text.slice(offset, offset + MAX_BODY);
  const open = text.indexOf(')');
  const rest = text.slice(open + 1);
  const next = rest.search(new RegExp(functions.source, functions.flags.replace('g', '')));
  return next === -1 ? rest : rest.slice(0, next);
}
