// Follows an expression (`int(os.getenv("PORT", "8080"))`, `":" + port`, a constant) to the port that it stands for.
import { posix } from 'node:path';
import type { Evidence } from '../../application/fact.ts';
import { evidenceAt, type CodeFile } from './code-file.ts';
import type { Definition, Definitions } from './dialect.ts';

const MAX_DEPTH = 5;
const MAX_SAME = 2;
const MAX_TOKENS = 60;
const MAX_EXPRESSION = 2000;
/** Definitions looked at for one expression, all in all: code that defines names by each other ends here. */
const MAX_WALKS = 100;

/** What an expression amounts to: a number, the variable that moves it, and the definitions that say so. */
export interface PortValue {
  value?: number;
  fromEnv?: string;
  evidence: Evidence[];
}

const TOKEN =
  /"((?:[^"\\\n]|\\.){0,300})"|'((?:[^'\\\n]|\\.){0,300})'|`([^`\n]{0,300})`|(?<![\w.])(\d{1,5})(?![\w.])|([A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*)(\s?\()?/g;

/** Resolves an expression that stands at `offset` of `file`. Never throws; unknown is an empty value. */
export function resolvePort(
  expression: string,
  file: CodeFile,
  offset: number,
  definitions: Definitions,
): PortValue {
  return walk(expression, { file, offset, definitions, names: [], budget: { walks: MAX_WALKS } });
}

interface Place {
  readonly file: CodeFile;
  readonly offset: number;
  readonly definitions: Definitions;
  /** The names that led here, outermost first. */
  readonly names: readonly string[];
  /** Shared by everything that one expression leads to. */
  readonly budget: { walks: number };
}

function walk(text: string, place: Place): PortValue {
  const result: PortValue = { evidence: [] };
  if (place.names.length > MAX_DEPTH || --place.budget.walks < 0) return result;
  const expression = text.slice(0, MAX_EXPRESSION);
  const read = readVariable(expression, place.definitions);
  if (read !== undefined) result.fromEnv = read.name;
  let tokens = 0;
  for (const token of expression.matchAll(TOKEN)) {
    if (result.value !== undefined || ++tokens > MAX_TOKENS) break;
    // What reads the environment holds no port of its own: the fallback stands after it.
    if (read && token.index >= read.from && token.index < read.to) continue;
    applyToken(result, token, place);
  }
  return result;
}

function applyToken(result: PortValue, token: RegExpExecArray, place: Place): void {
  const [, double, single, tick, digits, name, isCall] = token;
  const literal = double ?? single ?? tick;
  if (digits !== undefined) setNumber(result, Number(digits));
  else if (literal !== undefined) applyString(result, literal, place);
  else if (name !== undefined) merge(result, resolveName(name, isCall !== undefined, place));
}

const WHOLE = /^\s{0,8}(\d{1,5})\s{0,8}$/;
const AFTER_HOST = /:(\d{1,5})(?:\/[^:]{0,200})?$/;
/** A setting's own name, as it is asked for: `viper.GetInt("server.port")`. */
const SETTING = /^(?:[\w-]{1,40}\.){0,3}([\w-]{0,40}(?:port|addr|address|listen|bind)[\w-]{0,40})$/;
const INTERPOLATED = /\$?\{\s?([A-Za-z_][\w.]{0,60})[^{}]{0,60}\}|\$([A-Za-z_]\w{0,60})/g;

function applyString(result: PortValue, literal: string, place: Place): void {
  const digits = (WHOLE.exec(literal) ?? AFTER_HOST.exec(literal))?.[1];
  if (digits !== undefined) setValue(result, Number(digits));
  const setting = SETTING.exec(literal)?.[1];
  if (setting !== undefined) merge(result, resolveName(setting, false, place));
  for (const [, braced, bare] of literal.matchAll(INTERPOLATED)) {
    if (result.value !== undefined) return;
    merge(result, resolveName(braced ?? bare ?? '', false, place));
  }
}

// `parseInt(port, 10)`, `ParseUint(port, 10, 16)`: bases and widths of numbers, which nobody listens on.
function setNumber(result: PortValue, value: number): void {
  if (value >= 20 && value !== 32 && value !== 64) setValue(result, value);
}

function setValue(result: PortValue, value: number): void {
  if (value >= 1 && value <= 65_535) result.value = value;
}

const isUnknown = ({ value, fromEnv }: PortValue): boolean => value === undefined && fromEnv === undefined;

function merge(result: PortValue, other: PortValue): void {
  if (isUnknown(other)) return;
  if (other.value !== undefined) result.value ??= other.value;
  if (other.fromEnv !== undefined) result.fromEnv ??= other.fromEnv;
  result.evidence.push(...other.evidence);
}

const isRepeated = (name: string, { names }: Place): boolean =>
  names.filter((one) => one === name).length >= MAX_SAME;

function resolveName(name: string, isCall: boolean, place: Place): PortValue {
  const last = name.slice(name.lastIndexOf('.') + 1);
  // `const port = config.port` leads to the settings' port; what that is defined by, of the same name again, is another's.
  if (isRepeated(last, place)) return { evidence: [] };
  const table = isCall ? place.definitions.functions : place.definitions.values;
  const result: PortValue = { evidence: [] };
  // The nearest definitions first: what stands last before the use is what counts.
  for (const definition of nearest(table.get(last) ?? [], place, name.includes('.') || isCall)) {
    if (result.value !== undefined && result.fromEnv !== undefined) break;
    const { file, offset } = definition;
    const value = walk(definition.value, { ...place, file, offset, names: [...place.names, last] });
    if (result.value !== undefined) delete value.value;
    if (isUnknown(value)) continue;
    value.evidence.unshift(evidenceAt(file, offset, `defines ${last}`));
    merge(result, value);
  }
  return result;
}

function nearest(all: readonly Definition[], { file, offset }: Place, isQualified: boolean): Definition[] {
  const here = all.filter((one) => one.file === file);
  const before = here.filter((one) => one.offset < offset).reverse();
  const after = here.filter((one) => one.offset > offset);
  const local = [...before, ...after];
  if (local.length > 0 && !isQualified) return local.slice(0, 6);
  const far = all.filter((one) => one.file !== file).map((one) => ({ one, rank: farness(one.file, file) }));
  return [...local, ...far.sort((a, b) => a.rank - b.rank).map(({ one }) => one)].slice(0, 6);
}

// Settings first, then what lies in the same folder, then the rest in its order.
function farness({ path }: CodeFile, from: CodeFile): number {
  if (/(?:^|\/)(?:config|configuration|settings|options|flags|env)\b/i.test(path)) return 0;
  return posix.dirname(path) === posix.dirname(from.path) ? 1 : 2;
}

interface EnvironmentRead {
  name: string;
  from: number;
  to: number;
}

function readVariable(expression: string, { dialect }: Definitions): EnvironmentRead | undefined {
  for (const pattern of dialect.environmentReads) {
    const match = new RegExp(pattern.source, pattern.flags.replace('g', '')).exec(expression);
    const name = match?.groups?.['name'];
    if (match && name !== undefined) return { name, from: match.index, to: match.index + match[0].length };
  }
  return undefined;
}
