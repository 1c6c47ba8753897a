import { expect } from 'chai';
import {
  explainMissingGo,
  findCacheFolder,
  isGoUsable,
  nameControlPlaneFolder,
  nameKwokFolder,
  readKubernetesVersion,
} from './program-cache.ts';

const goMod =
  'module m\n\ngo 1.25.0\n\nrequire (\n\tk8s.io/kubectl v0.35.4\n\tk8s.io/kubernetes v1.35.4\n)\n';
const module = { goMod, goSum: 'sum', mainGo: 'main' };

describe('the name of a built control plane', () => {
  it('holds the Kubernetes version and the platform', () => {
    expect(nameControlPlaneFolder(module, 'linux-x64')).to.match(
      /^control-plane-v1\.35\.4-linux-x64-[0-9a-f]{12}$/,
    );
  });

  const changes = {
    'a dependency of go.mod': { ...module, goMod: goMod.replace('v0.35.4', 'v0.35.5') },
    'a checksum': { ...module, goSum: 'other' },
    'our code': { ...module, mainGo: 'other' },
    'where one file ends and the next begins': { ...module, goSum: 'summ', mainGo: 'ain' },
  };
  for (const [change, changed] of Object.entries(changes)) {
    it(`changes with ${change}`, () => {
      expect(nameControlPlaneFolder(changed, 'linux-x64')).not.to.equal(
        nameControlPlaneFolder(module, 'linux-x64'),
      );
    });
  }

  it('is the same for the same files', () => {
    expect(nameControlPlaneFolder({ ...module }, 'linux-x64')).to.equal(
      nameControlPlaneFolder(module, 'linux-x64'),
    );
  });

  it('cannot be made without a version', () => {
    expect(() => readKubernetesVersion('module m\n')).to.throw(
      'expected go.mod to require k8s.io/kubernetes',
    );
  });
});

describe('the cache folder', () => {
  const cases: Record<string, [NodeJS.ProcessEnv, string]> = {
    'is below XDG_CACHE_HOME': [{ XDG_CACHE_HOME: '/c' }, '/c/kubectl-dorgu'],
    'is below ~/.cache without it': [{}, '/home/me/.cache/kubectl-dorgu'],
    'is below ~/.cache when it is empty': [{ XDG_CACHE_HOME: '' }, '/home/me/.cache/kubectl-dorgu'],
    'is below ~/.cache when it is relative': [{ XDG_CACHE_HOME: 'c' }, '/home/me/.cache/kubectl-dorgu'],
  };
  for (const [title, [environment, expected]] of Object.entries(cases)) {
    it(title, () => {
      expect(findCacheFolder(environment, '/home/me')).to.equal(expected);
    });
  }

  it('keeps kwok by version and platform', () => {
    expect(nameKwokFolder('darwin-arm64')).to.match(/^kwok-v\d+\.\d+\.\d+-darwin-arm64$/);
  });
});

describe('the Go that builds the programs', () => {
  const cases: Record<string, [string, string, boolean]> = {
    'is good when it is new enough': ['go1.26.8', 'local', true],
    'is good when it is newer': ['go2.0', 'local', true],
    'is good when it is built from source': ['devel go1.27-abc', 'local', true],
    'is good when it may fetch a newer toolchain': ['go1.22.1', 'auto', true],
    'is good when it prefers a toolchain but may fetch another': ['go1.22.1', 'go1.22.1+auto', true],
    'is too old when it may not fetch one': ['go1.25.3', 'local', false],
    'is too old when it cannot fetch one yet': ['go1.19.8', 'auto', false],
    'is unknown when it says something else': ['gccgo', 'auto', false],
  };
  for (const [title, [version, toolchain, expected]] of Object.entries(cases)) {
    it(title, () => {
      expect(isGoUsable({ version, toolchain })).to.equal(expected);
    });
  }

  it('is asked for in one line that names both ways out', () => {
    for (const message of [
      explainMissingGo(undefined),
      explainMissingGo({ version: 'go1.19', toolchain: '' }),
    ]) {
      expect(message).not.to.contain('\n');
      expect(message).to.contain('https://go.dev/dl').and.to.contain('KUBEBUILDER_ASSETS');
    }
    expect(explainMissingGo({ version: 'go1.19', toolchain: '' })).to.contain('found go1.19');
    expect(explainMissingGo(undefined)).to.contain('no Go was found');
  });
});
