// What is generated, in a real cluster: accepted without a warning, applied twice, Ready under Pod Security restricted.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import type { Application } from '../../src/application/application.ts';
import { buildManifests } from '../../src/manifests/build.ts';
import { createDefaultOptions } from '../../src/manifests/options.ts';
import type { ManifestOptions } from '../../src/manifests/options.ts';
import { useCluster } from '../cluster/use-cluster.ts';
import { applicationsByName } from './applications.ts';

const formats = ['kustomize', 'plain'] as const;

/** Writes the files into a new folder and gives it. */
async function writeFiles(application: Application, options: ManifestOptions): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dorgu-apply-'));
  for (const { path, content } of buildManifests(application, options).files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

function optionsFor(namespace: string, more: Partial<ManifestOptions>): ManifestOptions {
  return { ...createDefaultOptions('shop'), namespace: { value: namespace, source: 'settings' }, ...more };
}

function target(format: (typeof formats)[number], folder: string): string[] {
  return format === 'kustomize' ? ['-k', join(folder, 'k8s')] : ['-R', '-f', join(folder, 'k8s')];
}

describe('generated manifests in a real cluster', () => {
  const cluster = useCluster({ workloads: true });

  for (const [name, application] of Object.entries(applicationsByName)) {
    for (const format of formats) {
      const hardening = format === 'kustomize' ? 'standard' : 'max';
      it(`are accepted without a warning: ${name}, ${format}, hardening ${hardening}`, async () => {
        const namespace = await cluster.createNamespace({
          'pod-security.kubernetes.io/warn': 'restricted',
        });
        const expose = { kind: 'ingress', host: 'shop.example.com' } as const;
        const folder = await writeFiles(application, optionsFor(namespace, { format, hardening, expose }));
        try {
          const { code, stdout, stderr } = await cluster.kubectl([
            'apply',
            '--server-side',
            '--force-conflicts',
            '--dry-run=server',
            ...target(format, folder),
          ]);
          const warnings = application.components.some(({ runtime }) => runtime.user?.value.isRoot)
            ? stderr.replace(/^Warning: would violate PodSecurity.*$/gm, '').trim()
            : stderr;
          expect({ code, warnings }).to.deep.equal({ code: 0, warnings: '' });
          expect(stdout).to.contain('applicationpersona.dorgu.io/');
        } finally {
          await rm(folder, { recursive: true });
        }
      });
    }
  }

  for (const format of formats) {
    it(`make pods Ready where Pod Security is restricted, and change nothing the second time: ${format}`, async () => {
      const namespace = await cluster.createNamespace({ 'pod-security.kubernetes.io/enforce': 'restricted' });
      const folder = await writeFiles(
        applicationsByName['a server and a worker']!,
        optionsFor(namespace, { format }),
      );
      try {
        await cluster.expectKubectl(['apply', ...target(format, folder)]);
        for (const deployment of ['web', 'mailer']) {
          await cluster.expectKubectl([
            'rollout',
            'status',
            `deployment/${deployment}`,
            '-n',
            namespace,
            '--timeout=20s',
          ]);
        }
        const second = await cluster.expectKubectl(['apply', ...target(format, folder)]);
        // kubectl sends a budget's selector each time, because its patch strategy is to replace: the object stays as it is.
        const changed = second
          .trim()
          .split('\n')
          .filter((line) => !line.endsWith(' unchanged') && !line.startsWith('poddisruptionbudget.policy/'));
        expect(changed).to.deep.equal([]);
        const generations = await cluster.expectKubectl([
          'get',
          'pdb',
          '-n',
          namespace,
          '-o',
          'jsonpath={.items[*].metadata.generation}',
        ]);
        expect(generations).to.equal('1 1');
        const secrets = await cluster.expectKubectl(['get', 'secret', '-n', namespace, '-o', 'name']);
        expect(secrets).to.equal('');
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    it(`make their own namespace in an empty cluster: ${format}`, async () => {
      const namespace = `empty-${format}-${process.pid}`;
      const folder = await writeFiles(
        applicationsByName['a single server']!,
        optionsFor(namespace, { format }),
      );
      try {
        const stdout = await cluster.expectKubectl(['apply', ...target(format, folder)]);
        expect(stdout.split('\n')[0]).to.equal(`namespace/${namespace} created`);
        expect(stdout).to.contain('deployment.apps/shop created');
      } finally {
        await cluster.kubectl(['delete', 'namespace', namespace, '--wait=false']);
        await rm(folder, { recursive: true });
      }
    });

    it(`apply everything that a cluster without our CRDs knows: ${format}`, async () => {
      const namespace = await cluster.createNamespace();
      const folder = await writeFiles(
        applicationsByName['a single server']!,
        optionsFor(namespace, { format }),
      );
      try {
        // A group that no cluster has is to kubectl what ours is before its CRDs are there.
        const persona = join(folder, 'k8s/persona.yaml');
        const text = await readFile(persona, 'utf8');
        await writeFile(persona, text.replace('dorgu.io/v1', 'absent.dorgu.io/v1'));
        const { code, stdout, stderr } = await cluster.kubectl(['apply', ...target(format, folder)]);
        expect(code).to.equal(1);
        expect(stderr).to.contain('no matches for kind "ApplicationPersona"');
        const kinds = [
          'serviceaccount',
          'configmap',
          'service',
          'deployment.apps',
          'horizontalpodautoscaler.autoscaling',
        ];
        for (const kind of kinds) expect(stdout).to.contain(`${kind}/shop created`);
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  }
});
