// The workflow's own commands, run by a shell: they pin what they should, and a second run of generate agrees with them.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { buildManifests } from '../../src/manifests/build.ts';
import { createDefaultOptions } from '../../src/manifests/options.ts';
import { applicationsByName } from './applications.ts';
import { at } from './field.ts';

interface Step {
  name: string;
  uses?: string;
  run?: string;
}

const app = applicationsByName['a server and a worker']!;
const digests = { web: `sha256:${'a'.repeat(64)}`, mailer: `sha256:${'b'.repeat(64)}` };

const formats = ['kustomize', 'plain', 'helm'] as const;

function stepsOf(format: (typeof formats)[number]): { steps: Step[]; text: string } {
  const { files } = buildManifests(app, { ...createDefaultOptions('shop'), format });
  const text = files.find(({ path }) => path === '.github/workflows/deploy.yaml')?.content ?? '';
  return { steps: at(parse(text), 'jobs.deploy.steps') as Step[], text };
}

describe('the GitHub workflow', () => {
  for (const format of formats) {
    it(`pins digests that a second run of generate writes as well: ${format}`, async function () {
      if (process.platform !== 'linux') this.skip();
      const folder = await mkdtemp(join(tmpdir(), 'dorgu-workflow-'));
      const options = { ...createDefaultOptions('shop'), format };
      try {
        const { files } = buildManifests(app, options);
        for (const { path, content } of files) {
          await mkdir(dirname(join(folder, path)), { recursive: true });
          await writeFile(join(folder, path), content);
        }
        const pin = stepsOf(format).steps.find(({ name }) => name === 'Pin the digests');
        execFileSync('bash', ['--norc', '-e', '-c', pin?.run ?? 'false'], {
          cwd: folder,
          env: {
            PATH: process.env['PATH'],
            MANIFESTS: 'k8s',
            DIGEST_0: digests.web,
            DIGEST_1: digests.mailer,
          },
        });
        const components = new Map(
          Object.entries(digests).map(([name, pinnedDigest]) => [name, { pinnedDigest }]),
        );
        for (const { path, content } of buildManifests(app, { ...options, components }).files) {
          expect(await readFile(join(folder, path), 'utf8'), path).to.equal(content);
        }
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  }

  it('names each action by commit with its release behind it', () => {
    const { text } = stepsOf('kustomize');
    const uses = text.split('\n').filter((line) => line.includes('uses:'));
    expect(uses.length).to.be.greaterThan(4);
    for (const line of uses)
      expect(line).to.match(/uses: [a-z-]+\/[a-z-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+$/);
  });

  it('does not start itself, and interpolates nothing that a stranger can write', () => {
    const { text, steps } = stepsOf('kustomize');
    expect(at(parse(text), 'on.push.paths')).to.include('!k8s/**');
    expect(steps.map(({ run = '' }) => run).join('\n')).to.not.contain('${{');
    expect(text).to.contain('[skip ci]');
    expect(at(parse(text), 'permissions')).to.deep.equal({});
  });
});
