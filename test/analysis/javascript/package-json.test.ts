// Reading package.json: lines, broken input, package managers, workspaces.
import { expect } from 'chai';
import fc from 'fast-check';
import { findKeyLines } from '../../../src/analysis/javascript/json-lines.ts';
import { readPackageJson } from '../../../src/analysis/javascript/package-json.ts';
import { findPackageManager } from '../../../src/analysis/javascript/package-manager.ts';
import { isMember } from '../../../src/analysis/javascript/workspaces.ts';
import { createMemoryTree } from '../memory-tree.ts';

const manifest = `{
  "name": "shop",
  "scripts": {
    "build": "tsc",
    "start": "node server.js"
  },
  "dependencies": { "express": "^5.0.0" }
}`;

describe('package.json', () => {
  it('points at the line of a key', () => {
    const { manifest: found } = readPackageJson(createMemoryTree({ 'package.json': manifest }), '.');
    expect(found?.at('why', 'scripts', 'start')).to.deep.equal({
      file: 'package.json',
      line: 5,
      reason: 'why',
    });
    expect(found?.at('why', 'dependencies', 'express').line).to.equal(7);
    expect(found?.at('why', 'absent')).to.deep.equal({ file: 'package.json', reason: 'why' });
  });

  const broken: Record<string, string> = {
    'broken JSON': '{ "name": ',
    'an array': '[]',
    'a number': '42',
    'nothing at all': '',
    'JSON with comments': '// x\n{ "name": "a" }',
  };
  for (const [what, text] of Object.entries(broken))
    it(`says that ${what} is not read, and goes on`, () => {
      const { manifest: found, notes } = readPackageJson(createMemoryTree({ 'a/package.json': text }), 'a');
      expect(found).to.equal(undefined);
      expect(notes).to.have.length(1);
      expect(notes[0]?.message).to.contain('a/package.json');
    });

  it('takes names such as __proto__ and constructor for names', () => {
    const text = '{ "dependencies": { "__proto__": "1", "constructor": "1" }, "scripts": { "toString": 7 } }';
    const { manifest: found } = readPackageJson(createMemoryTree({ 'package.json': text }), '.');
    expect([...(found?.dependencies.keys() ?? [])]).to.deep.equal(['__proto__', 'constructor']);
    expect(found?.scripts.size).to.equal(0);
  });

  it('survives any mutation of its text', () => {
    fc.assert(
      fc.property(fc.nat(manifest.length), fc.nat(8), fc.string({ maxLength: 8 }), (at, cut, put) => {
        const text = manifest.slice(0, at) + put + manifest.slice(at + cut);
        const tree = createMemoryTree({ 'package.json': text });
        const { manifest: found, notes } = readPackageJson(tree, '.');
        expect(found === undefined).to.equal(notes.length > 0);
        const lines = text.split('\n').length;
        for (const line of findKeyLines(text).values()) expect(line).to.be.within(1, lines);
      }),
    );
  });
});

describe('the package manager', () => {
  const cases: Record<string, [Record<string, string>, string, string]> = {
    'is the one of the lock file': [{ 'pnpm-lock.yaml': '', 'package.json': '{}' }, '.', 'pnpm'],
    'is the one that packageManager names, whatever lock file there is': [
      { 'package-lock.json': '', 'package.json': '{ "packageManager": "yarn@4.1.0" }' },
      '.',
      'yarn',
    ],
    "is the workspace root's for a member": [
      { 'bun.lock': '', 'apps/web/package.json': '{}' },
      'apps/web',
      'bun',
    ],
    'is npm where nothing says': [{ 'package.json': '{}' }, '.', 'npm'],
    'is the one that engines names where there is no lock file': [
      { 'package.json': '{ "engines": { "pnpm": ">=9" } }' },
      '.',
      'pnpm',
    ],
  };
  for (const [sentence, [files, dir, name]] of Object.entries(cases))
    it(sentence, () => {
      const tree = createMemoryTree(files);
      expect(findPackageManager(tree, dir, (one) => readPackageJson(tree, one).manifest).name).to.equal(name);
    });
});

describe('workspace patterns', () => {
  const cases: Record<string, [string[], string, boolean]> = {
    'one star is one folder': [['apps/*'], 'apps/web', true],
    'one star is not two folders': [['apps/*'], 'apps/web/inner', false],
    'two stars are any number': [['packages/**'], 'packages/a/b/c', true],
    'a later exclamation mark takes out': [['apps/*', '!apps/old'], 'apps/old', false],
    'a leading ./ does not matter': [['./apps/*'], 'apps/web', true],
    'stars stand inside names': [['service-*-api'], 'service-cart-api', true],
  };
  for (const [sentence, [patterns, dir, expected]] of Object.entries(cases))
    it(sentence, () => expect(isMember(patterns, dir)).to.equal(expected));

  it('stays quick on hostile patterns', () => {
    const started = performance.now();
    isMember([Array(32).fill('**').join('/'), 'a*'.repeat(2000)], Array(200).fill('a').join('/'));
    expect(performance.now() - started).to.be.lessThan(1000);
  });
});
