// Walks every import of src/ and operator/ and holds each edge against the rooms of test/import-zones.js.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect } from 'chai';
import ts from 'typescript';
import { impureModules, mayImport, rooms } from './import-zones.js';

const root = resolve(import.meta.dirname, '..');

function sourceFiles(): string[] {
  return ['src', 'operator']
    .filter((top) => existsSync(join(root, top)))
    .flatMap((top) =>
      readdirSync(join(root, top), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
        .map((entry) => relative(root, join(entry.parentPath, entry.name))),
    );
}

const importsOf = (file: string) =>
  ts.preProcessFile(readFileSync(join(root, file), 'utf8')).importedFiles.map((edge) => edge.fileName);

// What is loaded when it is called (a command of the table, `help` among them) is no part of what is loaded with the file.
const isLazy = (file: string, specifier: string) =>
  readFileSync(join(root, file), 'utf8').includes(`import('${specifier}')`);

const roomOf = (file: string) =>
  file.startsWith('operator/') ? 'operator' : file.split('/').slice(0, 2).join('/');

describe('the import graph', () => {
  const files = sourceFiles();

  it('puts every file into a room that has a layer', () => {
    expect(files.filter((file) => !rooms[roomOf(file)])).to.deep.equal([]);
    expect(files.length).to.be.greaterThan(20);
  });

  it('only ever points down', () => {
    const upward = files.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => relative(root, resolve(root, dirname(file), specifier)))
        // The version stands there, and nowhere else.
        .filter((target) => target !== 'package.json')
        .filter((target) => !mayImport(roomOf(file), roomOf(target)))
        .map((target) => `${file} -> ${target}: ${roomOf(file)} may not import ${roomOf(target)}`),
    );
    expect(upward).to.deep.equal([]);
  });

  it('keeps the pure rooms free of files, network and processes', () => {
    const impure = files
      .filter((file) => rooms[roomOf(file)]?.pure)
      .flatMap((file) =>
        importsOf(file)
          .filter((specifier) => impureModules.includes(specifier.replace('node:', '')))
          .map((specifier) => `${file} -> ${specifier}`),
      );
    expect(impure).to.deep.equal([]);
  });

  it('has no cycle between files', () => {
    const edges = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .filter((specifier) => specifier.startsWith('.') && !isLazy(file, specifier))
          .map((specifier) => relative(root, resolve(root, dirname(file), specifier))),
      ]),
    );
    const done = new Set<string>();
    const cycles: string[] = [];
    const walk = (file: string, path: string[]) => {
      if (path.includes(file)) {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
        return;
      }
      if (done.has(file)) return;
      for (const next of edges.get(file) ?? []) walk(next, [...path, file]);
      done.add(file);
    };
    for (const file of files) walk(file, []);
    expect(cycles).to.deep.equal([]);
  });
});
