// Which packages are in a bundle: from esbuild's own account of it, package-lock.json and the packages' manifests.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { compareText } from '../../../src/api/compare-text.ts';

/** A package of npm of which a line or more is in the bundle. */
export interface BundledPackage {
  /** Its folder below the root, as package-lock.json names it. */
  folder: string;
  name: string;
  version: string;
  /** An SPDX expression, as the package says it. */
  license: string;
  /** Subresource integrity of what was installed: `sha512-` and Base64. */
  integrity: string;
  homepage?: string;
  /** Folders of the packages that its bundled files import. */
  uses: string[];
  /** What its files of licences and notices say, by name. */
  texts: { name: string; text: string }[];
}

/** What of the lock and the manifests is read here. */
interface Manifest {
  name?: unknown;
  version?: unknown;
  license?: unknown;
  homepage?: unknown;
}

const packageFolder = /^(?:node_modules\/(?:@[^/]+\/)?[^/]+\/)+/;
const licenceFile = /^(?:licen[cs]e|copying|notice|copyright)[^/]*$/i;

/** All of them, by folder. @throws Error for one without a licence, or of another version than package-lock.json says */
export function listBundledPackages(root: string, metafile: Metafile): BundledPackage[] {
  const folders = new Set(
    listBundledFiles(metafile)
      .map(toFolder)
      .filter((folder) => folder !== ''),
  );
  const lock = readJson(join(root, 'package-lock.json')) as {
    packages: Record<string, { version?: string; integrity?: string }>;
  };
  return [...folders].sort(compareText).map((folder) => {
    const manifest = readJson(join(root, folder, 'package.json')) as Manifest;
    const { version, integrity } = lock.packages[folder] ?? {};
    if (typeof manifest.name !== 'string' || typeof manifest.license !== 'string' || manifest.license === '')
      throw new Error(`${folder}/package.json: expected a name and a licence`);
    if (version === undefined || integrity === undefined || version !== manifest.version)
      throw new Error(
        `${folder}: package-lock.json says ${String(version)}, installed is ${String(manifest.version)}: run npm ci`,
      );
    return {
      folder,
      name: manifest.name,
      version,
      license: manifest.license,
      integrity,
      ...(typeof manifest.homepage === 'string' && { homepage: manifest.homepage }),
      uses: findUses(metafile, folder, folders),
      texts: readTexts(join(root, folder)),
    };
  });
}

/** Folders among `packages` whose files are imported by files of the folder; `''` is what is our own. */
export function findUses({ inputs }: Metafile, folder: string, packages: ReadonlySet<string>): string[] {
  // A file that only hands on what others export leaves no byte in the bundle, but it leads there.
  const targets = Object.entries(inputs)
    .filter(([file]) => toFolder(file) === folder)
    .flatMap(([, { imports }]) => imports.map(({ path }) => toFolder(path)));
  return [...new Set(targets)]
    .filter((target) => target !== folder && packages.has(target))
    .sort(compareText);
}

/** The files of which something is left in what was written. */
function listBundledFiles({ outputs }: Metafile): string[] {
  const files = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => file),
  );
  return [...new Set(files)].sort(compareText);
}

function toFolder(file: string): string {
  return (packageFolder.exec(file)?.[0] ?? '').replace(/\/$/, '');
}

function readTexts(folder: string): { name: string; text: string }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => licenceFile.test(name))
    .sort(compareText)
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
