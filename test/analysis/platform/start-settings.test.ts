// What platforms are told to start: each file's own way to say it, and applications that have nothing else.
import { expect } from 'chai';
import { findFallbackRoot } from '../../../src/analysis/discovery/fallback.ts';
import { findStartSetting } from '../../../src/analysis/platform/start-settings.ts';
import type { Files } from '../code/claims-of.ts';
import { createMemoryTree } from '../memory-tree.ts';

const CASES: Record<string, [Files, [string, number]]> = {
  'a Procfile': [{ Procfile: 'release: a\nweb: b -p 80\n' }, ['b -p 80', 2]],
  'Nixpacks as TOML': [
    { 'nixpacks.toml': '[phases.build]\ncmds = []\n[start]\nuser = "u"\ncmd = "say \\"hi\\""\n' },
    ['say "hi"', 5],
  ],
  'Nixpacks as JSON': [{ 'nixpacks.json': '{\n "start": {\n  "cmd": "run it"\n }\n}' }, ['run it', 3]],
  Railpack: [{ 'railpack.json': '{"deploy": {"startCommand": "./run.sh"}}' }, ['./run.sh', 1]],
  Railway: [{ 'railway.toml': "[deploy]\nstartCommand = 'npm run serve'\n" }, ['npm run serve', 2]],
  Render: [
    { 'render.yaml': 'services:\n  - type: web\n    startCommand: gunicorn app:app\n' },
    ['gunicorn app:app', 3],
  ],
  'App Engine': [{ 'app.yaml': 'runtime: go\nentrypoint: ./server -x # why\n' }, ['./server -x', 2]],
  Heroku: [{ 'heroku.yml': 'build:\n  x: y\nrun:\n  web: ./start\n' }, ['./start', 4]],
  'App Runner': [
    { 'apprunner.yaml': 'run:\n  runtime-version: 3\n  command: python app.py\n' },
    ['python app.py', 3],
  ],
  "a platform's own file before the Procfile": [
    { Procfile: 'web: a\n', 'railway.json': '{"deploy": {"startCommand": "b"}}' },
    ['b', 1],
  ],
};

describe('what a platform is told to start', () => {
  for (const [sentence, [files, [command, line]]] of Object.entries(CASES))
    it(sentence, () => {
      const found = findStartSetting(createMemoryTree(files), '.');
      expect([found?.command, found?.evidence.line]).to.deep.equal([command, line]);
    });

  it('is nothing where the file says nothing', () => {
    const files = { 'nixpacks.toml': '[phases.build]\ncmds = []\n', 'railpack.json': '{', 'app.yaml': '' };
    expect(findStartSetting(createMemoryTree(files), '.')).to.equal(undefined);
  });

  it('makes an application of a folder that has nothing else', () => {
    expect(
      findFallbackRoot(createMemoryTree({ 'railpack.json': '{"deploy":{"startCommand":"x"}}' }))?.dir,
    ).to.equal('.');
    expect(findFallbackRoot(createMemoryTree({ 'run.sh': 'x' }))?.evidence.file).to.equal('run.sh');
    expect(findFallbackRoot(createMemoryTree({ 'notes.txt': 'x' }))).to.equal(undefined);
  });
});
