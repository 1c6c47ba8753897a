// Reads the manifests that a person names: files, folders, stdin. The one reader of `check`, `persona apply` and their like.
import { stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DorguError } from '../api/errors.ts';
import { MAX_OBJECTS, MAX_PROBLEMS, MAX_TOTAL_BYTES } from './limits.ts';
import { isKustomization, listFolder } from './list-files.ts';
import { ManifestFault, toProblemError, type ManifestProblem } from './manifest-problem.ts';
import type { Manifests } from './manifest.ts';
import { createTemplateProblem, parseManifests } from './parse-manifests.ts';
import { readFileText, readText, type ByteSource } from './read-text.ts';

/** How to read. */
export interface ReadOptions {
  /** What `-` reads. */
  stdin?: ByteSource | undefined;
  /** Absolute; sources are relative to it. */
  cwd: string;
  /** Whether folders below a named folder are entered. */
  recursive?: boolean | undefined;
  signal?: AbortSignal | undefined;
  /** Takes what cannot be read, so that the rest is read all the same; without it all of that is thrown together at the end. */
  onProblem?: ((problem: ManifestProblem) => void) | undefined;
}

/**
 * Reads files, folders and `-`, each once. Throws DorguError PathMissing for a source that is not there, ManifestUnreadable,
 * ManifestSyntax, ManifestTooLarge and ManifestTemplate with file:line:column for what cannot be read.
 */
export async function readManifests(sources: readonly string[], options: ReadOptions): Promise<Manifests> {
  const problems: ManifestProblem[] = [];
  const reading: Reading = {
    options,
    seen: new Set(),
    length: 0,
    found: { manifests: [], skipped: [], fileCount: 0, foldersNotEntered: [] },
    report: (problem) => {
      problems.push(problem);
      options.onProblem?.(problem);
      if (problems.length >= MAX_PROBLEMS) throw toProblemError(problems);
    },
  };
  for (const source of sources) {
    if (source === '-') await readStdin(reading);
    else await readSource(reading, source);
  }
  if (problems.length > 0 && options.onProblem === undefined) throw toProblemError(problems);
  return reading.found;
}

interface Reading {
  options: ReadOptions;
  /** Absolute paths, so that a file named twice is read once. */
  seen: Set<string>;
  /** Characters so far. */
  length: number;
  found: Manifests;
  report: (problem: ManifestProblem) => void;
}

async function readStdin(reading: Reading): Promise<void> {
  const { stdin } = reading.options;
  if (reading.seen.has('-') || stdin === undefined) return;
  reading.seen.add('-');
  await readOne(reading, '-', true, () => readText(stdin));
}

async function readSource(reading: Reading, source: string): Promise<void> {
  const { cwd, recursive = false, signal } = reading.options;
  if (/^https?:\/\//.test(source)) throw createUrlError(source);
  const path = resolve(cwd, source);
  const stats = await stat(path).catch((cause: unknown) => {
    throw createMissingError(source, cause);
  });
  if (!stats.isDirectory()) {
    if (isKustomization(basename(path))) skip(reading, path, 'kustomization', true);
    else await readFile(reading, path, true, isInTemplates(path) && (await hasChart(path)));
    return;
  }
  const listing = await listFolder(path, { isRecursive: recursive, signal });
  for (const kustomization of listing.kustomizations) skip(reading, kustomization, 'kustomization', false);
  reading.found.foldersNotEntered.push(...listing.foldersNotEntered.map((folder) => showPath(folder, cwd)));
  for (const file of listing.files)
    await readFile(reading, file, false, isInTemplates(file) && (await hasChart(file)));
}

function isInTemplates(path: string): boolean {
  return dirname(path).split(sep).includes('templates');
}

/** Whether the folder around the innermost `templates` above the file is a chart. */
async function hasChart(path: string): Promise<boolean> {
  const folders = dirname(path).split(sep);
  const chart = folders.slice(0, folders.lastIndexOf('templates')).join(sep);
  return stat(`${chart}${sep}Chart.yaml`).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

async function readFile(reading: Reading, path: string, isNamed: boolean, isOfChart: boolean): Promise<void> {
  if (reading.seen.has(path)) return;
  reading.seen.add(path);
  const file = showPath(path, reading.options.cwd);
  await readOne(reading, file, isNamed, () => readFileText(path, reading.options.signal), isOfChart);
}

async function readOne(
  reading: Reading,
  file: string,
  isNamed: boolean,
  read: () => Promise<string>,
  isOfChart = false,
): Promise<void> {
  const { options, found, report } = reading;
  options.signal?.throwIfAborted();
  const text = await read().catch((fault: unknown) => {
    if (!(fault instanceof ManifestFault)) throw fault;
    report({ code: fault.code, file, position: undefined, message: fault.message, hint: fault.hint });
  });
  if (text === undefined) return;
  countText(reading, text);
  if (isOfChart && text.includes('{{')) {
    if (isNamed) report(createTemplateProblem(file, undefined));
    else found.skipped.push({ file, line: 1, reason: 'template', isNamed });
    return;
  }
  if (!isNamed && !mayHoldManifests(text)) {
    if (text.trim() !== '') found.skipped.push({ file, line: 1, reason: 'no-object', isNamed });
    return;
  }
  await takeParts(reading, { file, text, isNamed });
}

function countText(reading: Reading, text: string): void {
  reading.found.fileCount += 1;
  reading.length += text.length;
  if (reading.length > MAX_TOTAL_BYTES) throw createTooLargeError(`${MAX_TOTAL_BYTES / 1024 / 1024} MiB`);
}

/** Lock files and settings of other tools lie beside manifests; whether they are valid is not asked here. */
function mayHoldManifests(text: string): boolean {
  return text.includes('apiVersion');
}

async function takeParts(
  { options, found, report }: Reading,
  source: { file: string; text: string; isNamed: boolean },
): Promise<void> {
  let count = 0;
  for (const part of parseManifests(source)) {
    if ('manifest' in part) found.manifests.push(part.manifest);
    else if ('skipped' in part) found.skipped.push(part.skipped);
    else if (part.problem.code === 'ManifestTemplate' && !source.isNamed) {
      found.skipped.push({ file: source.file, line: 1, reason: 'template', isNamed: false });
      return;
    } else report(part.problem);
    if (found.manifests.length > MAX_OBJECTS) throw createTooLargeError(`${MAX_OBJECTS} objects`);
    // Lets Ctrl-C through.
    if ((count += 1) % 200 === 0) await setImmediate(undefined, { signal: options.signal });
  }
}

function skip({ found, options }: Reading, path: string, reason: 'kustomization', isNamed: boolean): void {
  found.skipped.push({ file: showPath(path, options.cwd), line: 1, reason, isNamed });
}

/** Relative to the working folder where it lies below it, with forward slashes everywhere. */
function showPath(path: string, cwd: string): string {
  const below = relative(cwd, path);
  const shown = below === '' || below.startsWith('..') || isAbsolute(below) ? path : below;
  return shown.split(sep).join('/');
}

function createMissingError(source: string, cause: unknown): DorguError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new DorguError('PathMissing', `there is no file or folder ${JSON.stringify(source)}`, {
      hint: 'name files or folders of manifests, or - for stdin',
    });
  }
  return new DorguError('ManifestUnreadable', `${source} cannot be read`, { cause });
}

function createUrlError(source: string): DorguError {
  return new DorguError(
    'BadArgument',
    `expected a file, a folder or -, found a URL: ${JSON.stringify(source)}`,
    {
      hint: 'fetch it first: curl -fsSL URL | kubectl dorgu … -',
    },
  );
}

function createTooLargeError(most: string): DorguError {
  return new DorguError('ManifestTooLarge', `expected manifests of at most ${most}, found more`, {
    hint: 'name fewer files at a time',
  });
}
