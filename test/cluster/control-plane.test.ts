import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startControlPlane } from './control-plane.ts';
import type { Programs } from './programs.ts';

describe('a control plane that does not start', () => {
  const temporaryVariable = process.env['TMPDIR'];
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-start-'));
    mkdirSync(join(folder, 'tmp'));
    process.env['TMPDIR'] = join(folder, 'tmp');
  });
  afterEach(() => {
    if (temporaryVariable === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = temporaryVariable;
    rmSync(folder, { recursive: true, force: true });
  });

  /** Programs of which etcd waits for ever and the API server does what the script says. */
  function createPrograms(script: string): Programs {
    const write = (name: string, text: string): string => {
      const path = join(folder, name);
      writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
      return path;
    };
    return {
      etcd: write('etcd', 'exec sleep 600'),
      kubeApiserver: write('kube-apiserver', script),
      kubectl: '',
    };
  }

  it('says which program died and shows the end of its log', async () => {
    const programs = createPrograms('echo "flag provided but not defined" >&2; exit 3');
    const message = await startControlPlane({ programs }).catch(String);
    expect(message).to.contain('kube-apiserver ended by itself with exit code 3');
    expect(message).to.contain('flag provided but not defined');
    expect(readdirSync(join(folder, 'tmp'))).to.deep.equal([]);
  });

  it('tries again on other ports when one was snatched, but not for ever', async () => {
    const attempts = join(folder, 'attempts');
    const programs = createPrograms(`echo x >> ${attempts}; echo "bind: address already in use"; exit 1`);
    const message = await startControlPlane({ programs }).catch(String);
    expect(message).to.contain('address already in use');
    expect(readFileSync(attempts, 'utf8')).to.equal('x\nx\nx\n');
  });

  it('says so when a program is not there', async () => {
    const programs = { ...createPrograms(''), kubeApiserver: join(folder, 'nowhere') };
    expect(await startControlPlane({ programs }).catch(String)).to.contain(
      `cannot start ${join(folder, 'nowhere')}`,
    );
    expect(readdirSync(join(folder, 'tmp'))).to.deep.equal([]);
  });

  it('stops at once on abort', async () => {
    const aborter = new AbortController();
    const started = join(folder, 'started');
    const programs = createPrograms(`touch ${started}; exec sleep 600`);
    const watch = setInterval(() => existsSync(started) && aborter.abort(new Error('enough')), 5);
    const message = await startControlPlane({ programs, signal: aborter.signal }).catch(String);
    clearInterval(watch);
    expect(message).to.match(/enough|AbortError/);
    expect(readdirSync(join(folder, 'tmp'))).to.deep.equal([]);
  });
});
