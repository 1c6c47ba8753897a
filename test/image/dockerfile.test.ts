// What operator/Dockerfile says that stands elsewhere too: the version, the flags of Node, what the builder gets to see, the manifests.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };

const repository = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(repository, path), 'utf8');
const lines = read('operator/Dockerfile').replaceAll('\\\n', ' ').split('\n');
const valuesOf = (instruction: string) =>
  lines
    .filter((line) => line.startsWith(`${instruction} `))
    .map((line) => line.slice(instruction.length + 1));

describe('operator/Dockerfile', () => {
  it('is of the version and the licence that package.json says, and links to its home', () => {
    expect(valuesOf('ARG')).to.include(`VERSION=${manifest.version}`);
    const [labels = ''] = valuesOf('LABEL');
    expect(labels).to.include(`licenses="${manifest.license}"`).and.include(`source="${manifest.homepage}"`);
  });

  it('starts Node with the flags of the script `operator`', () => {
    const flags = manifest.scripts.operator.split(' ').filter((word) => word.startsWith('--'));
    expect(valuesOf('ENTRYPOINT')).to.deep.equal([
      ['["/usr/local/bin/node"', ...flags.map((flag) => `"${flag}"`), '"/app/main.mjs"]'].join(', '),
    ]);
  });

  it('has a user of number, the same as the manifests', () => {
    const { spec } = parse(read('config/manager/deployment.yaml')) as {
      spec: { template: { spec: { securityContext: { runAsUser: number; runAsGroup: number } } } };
    };
    const { runAsUser, runAsGroup } = spec.template.spec.securityContext;
    expect(valuesOf('USER')).to.deep.equal([`${runAsUser}:${runAsGroup}`]);
  });

  it('copies all that .dockerignore lets through, and nothing that it keeps back', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = valuesOf('COPY')
      .filter((value) => !value.startsWith('--from='))
      .flatMap((value) => value.split(' ').slice(0, -1));
    expect(copied).to.have.members(allowed);
  });
});
