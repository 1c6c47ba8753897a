// The GitLab pipeline's own commands, run by a shell beside a docker that only pretends: they pin what they should.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { buildManifests } from '../../src/manifests/build.ts';
import { createDefaultOptions, type ManifestOptions } from '../../src/manifests/options.ts';
import { application, applicationsByName, seenIn, server } from './applications.ts';
import { at } from './field.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const app = applicationsByName['a server and a worker']!;
const options: ManifestOptions = { ...createDefaultOptions('shop'), ci: 'gitlab' };

/** Says what docker was asked, and of any image that it has the digest. */
const fakeDocker = `#!/bin/sh
echo "$@" >> "$LOG"
test "$1 $2" = "image inspect" && echo "\${5%:*}@${digest}"
exit 0
`;

function jobOf(found = app, more: Partial<ManifestOptions> = {}): unknown {
  const { files } = buildManifests(found, { ...options, ...more });
  return at(parse(files.find(({ path }) => path === '.gitlab/deploy.yml')?.content ?? ''), 'deploy-shop');
}

describe('the GitLab pipeline', () => {
  it('builds, pushes, and pins digests that a second run of generate writes as well', async function () {
    if (process.platform !== 'linux') this.skip();
    const folder = await mkdtemp(join(tmpdir(), 'dorgu-gitlab-'));
    try {
      for (const { path, content } of buildManifests(app, options).files) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
      }
      await mkdir(join(folder, 'bin'));
      await writeFile(join(folder, 'bin/docker'), fakeDocker, { mode: 0o755 });
      const script = (at(jobOf(), 'script') as string[]).slice(0, -1).join('\n');
      execFileSync('sh', ['-e', '-c', script], {
        cwd: folder,
        env: {
          ...(at(jobOf(), 'variables') as Record<string, string>),
          PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
          LOG: join(folder, 'log'),
        },
      });
      const components = new Map(['web', 'mailer'].map((name) => [name, { pinnedDigest: digest }]));
      for (const { path, content } of buildManifests(app, { ...options, components }).files)
        expect(await readFile(join(folder, path), 'utf8'), path).to.equal(content);
      expect(await readFile(join(folder, 'log'), 'utf8')).to.contain(
        'push registry.example.com/shop/web:1.4.0',
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('hands paths of the application to the shell as variables, whatever they hold', () => {
    const evil = '$(touch x) && ${CI_JOB_TOKEN}';
    const build = { dockerfile: evil, context: evil, target: evil, evidence: [seenIn()] };
    const job = jobOf(application([server({ runtime: { volumes: [], build } })]));
    expect(JSON.stringify(at(job, 'script'))).to.not.contain('touch');
    expect(at(job, 'variables.DOCKERFILE_0')).to.equal('$$(touch x) && $${CI_JOB_TOKEN}');
  });

  it('is included by a file that stays a person’s, which is said with the command', () => {
    const { decisions, files } = buildManifests(app, options);
    expect(files.map(({ path }) => path)).to.not.include.members([
      '.gitlab-ci.yml',
      '.github/workflows/deploy.yaml',
    ]);
    expect(decisions.find(({ topic }) => topic === 'workflow')?.command).to.contain('/.gitlab/deploy.yml');
  });
});
