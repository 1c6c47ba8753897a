import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { findPrograms, type ProgramSearch } from './programs.ts';

describe('finding the programs of the test cluster', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-programs-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A folder of programs that do nothing. */
  function createPrograms(name: string, programs: readonly string[]): string {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true });
    for (const program of programs) {
      writeFileSync(join(path, program), '#!/bin/sh\n');
      chmodSync(join(path, program), 0o755);
    }
    return path;
  }

  function search(environment: NodeJS.ProcessEnv): Promise<ProgramSearch> {
    const cache = join(folder, 'cache');
    const surroundings = { PATH: createPrograms('bin', []), XDG_CACHE_HOME: cache, ...environment };
    return findPrograms({ environment: surroundings, report: () => undefined });
  }

  it('says in one line what is missing when there is neither Go nor a folder', async () => {
    const found = await search({});
    expect(found)
      .to.have.property('missing')
      .that.matches(/no Go was found.*KUBEBUILDER_ASSETS/);
  });

  it('takes KUBEBUILDER_ASSETS first, without controllers if it has none', async () => {
    const assets = createPrograms('assets', ['etcd', 'kube-apiserver', 'kubectl']);
    expect(await search({ KUBEBUILDER_ASSETS: assets })).to.deep.equal({
      programs: {
        etcd: join(assets, 'etcd'),
        kubeApiserver: join(assets, 'kube-apiserver'),
        kubectl: join(assets, 'kubectl'),
      },
    });
  });

  it('says what KUBEBUILDER_ASSETS lacks', async () => {
    const assets = createPrograms('assets', ['etcd']);
    const refused = await search({ KUBEBUILDER_ASSETS: assets }).catch(String);
    expect(refused).to.contain(`${assets} holds no kube-apiserver, kubectl`);
  });
});
