// The application's settings files: application.properties and .yaml, MicroProfile's, HOCON and JSON, as flat keys with lines.
import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Node,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Evidence } from '../../application/fact.ts';
import type { Scope } from '../analyser.ts';
import { relativeTo } from '../code/code-file.ts';

/** Flat, lower-case, without `-`: Spring's relaxed names. The value is as it is written, placeholders included. */
export type Settings = ReadonlyMap<string, { value: string; evidence: Evidence }>;

const MAX_DEPTH = 20;
const MAX_KEYS = 5000;
/** Settings are small; a larger or deeper file is data, and costs a YAML parser more than it is worth. */
const MAX_CHARACTERS = 256 * 1024;
const MAX_OPEN_BRACKETS = 200;
const FILES =
  /^(?:src\/main\/resources\/|resources\/|config\/|src\/main\/resources\/config\/|src\/main\/conf\/|conf\/|src\/main\/resources\/META-INF\/)?(?:application|bootstrap|microprofile-config)\.(?:properties|ya?ml|conf)$|^(?:src\/main\/conf|conf|src\/conf)\/[\w.-]{1,60}\.json$|^(?:config|conf|application|server)\.ya?ml$/;

interface Reading {
  settings: Map<string, { value: string; evidence: Evidence }>;
  file: string;
}

/** Reads the settings of a component's default profile. Earlier files win: application before bootstrap. */
export function readJavaSettings(scope: Scope): Settings {
  const settings = new Map<string, { value: string; evidence: Evidence }>();
  for (const file of scope.files.filter((one) => FILES.test(relativeTo(one, scope.dir)))) {
    const text = scope.tree.read(file);
    if (text === undefined || text.length > MAX_CHARACTERS) continue;
    const reading = { settings, file };
    if (file.endsWith('.properties')) readProperties(reading, text);
    else if (file.endsWith('.conf')) readHocon(reading, text);
    else readYaml(reading, text);
  }
  return settings;
}

/** The key as it is compared: `management.endpoints.web.base-path` and `basePath` are the same. */
export function toSettingKey(key: string): string {
  return key.toLowerCase().replace(/[-_]/g, '');
}

function set({ settings, file }: Reading, key: string, value: string, line: number | undefined): void {
  const name = toSettingKey(key);
  if (settings.size >= MAX_KEYS || settings.has(name)) return;
  settings.set(name, {
    value: value.slice(0, 500),
    evidence: { file, ...(line !== undefined && { line }), reason: `sets ${key.slice(0, 100)}` },
  });
}

// Up to the first document separator: what follows is for one profile. `%dev.` keys are Quarkus profiles.
function readProperties(reading: Reading, text: string): void {
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^#---/.test(line)) return;
    const match = /^\s{0,40}([\w.\-[\]"]{1,200})\s{0,8}[=:]\s{0,8}(.{0,500})$/.exec(line);
    if (match?.[1] !== undefined) set(reading, match[1], (match[2] ?? '').trim(), index + 1);
  }
}

function readYaml(reading: Reading, text: string): void {
  if (countUnclosed(text) > MAX_OPEN_BRACKETS) return;
  const lines = new LineCounter();
  try {
    const documents = parseAllDocuments(text, { lineCounter: lines, logLevel: 'silent' });
    for (const document of Array.isArray(documents) ? documents : []) {
      const contents = document.contents as Node | null;
      if (isForProfile(contents)) continue;
      flatten(reading, lines, contents, '', 0);
    }
  } catch {
    // Not YAML: Helm-like templates and the like say nothing.
  }
}

// Flow collections left open make a parser's work quadratic.
function countUnclosed(text: string): number {
  return (text.match(/[[{]/g)?.length ?? 0) - (text.match(/[\]}]/g)?.length ?? 0);
}

function isForProfile(node: Node | null): boolean {
  const text = node && isMap(node) ? JSON.stringify(node.toJSON() ?? {}).slice(0, 20_000) : '';
  return /"on-profile":|"onProfile":|"profiles":"|"spring\.profiles":/.test(text);
}

function flatten(reading: Reading, lines: LineCounter, node: unknown, prefix: string, depth: number): void {
  if (depth > MAX_DEPTH || reading.settings.size >= MAX_KEYS) return;
  if (isScalar(node) && prefix !== '')
    set(reading, prefix, textOf(node.value), lines.linePos(node.range?.[0] ?? 0).line);
  if (!isMap(node) && !isSeq(node)) return;
  for (const [name, inner] of entriesOf(node))
    flatten(reading, lines, inner, joinKey(prefix, name), depth + 1);
}

const joinKey = (prefix: string, name: string) =>
  prefix === '' || name.startsWith('[') ? prefix + name : `${prefix}.${name}`;

function entriesOf(node: YAMLMap | YAMLSeq): [string, unknown][] {
  if (isSeq(node)) return node.items.slice(0, 50).map((item, index) => [`[${index}]`, item]);
  return node.items.map(({ key, value }) => [isScalar(key) ? textOf(key.value) : '', value]);
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

const OPENED = /^([\w.-]{1,80})\s{0,4}[:=]?\s{0,4}\{$/;
const ASSIGNED = /^([\w.-]{1,80})\s{0,4}[:=]\s{0,4}"?(?:\$\{\??(\w{1,80})\}|([^"{]{1,200}))"?$/;

// HOCON: nested blocks and `key = value`; the first plain value stands, `${?PORT}` moves it.
function readHocon(reading: Reading, text: string): void {
  const path: string[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.replace(/(?:#|\/\/).*$/, '').trim();
    const opened = OPENED.exec(line)?.[1];
    if (opened !== undefined) path.push(opened);
    else if (line === '}') path.pop();
    else setHocon(reading, path.slice(0, MAX_DEPTH), line, index + 1);
  }
}

function setHocon(reading: Reading, path: readonly string[], line: string, number: number): void {
  const [, name, variable, value] = ASSIGNED.exec(line) ?? [];
  if (name === undefined) return;
  const key = [...path, name].join('.');
  if (variable !== undefined) set(reading, `${key}.$env`, variable, number);
  else if (value !== undefined) set(reading, key, value, number);
}
