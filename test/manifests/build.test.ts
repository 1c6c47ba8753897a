// What is generated for a range of applications, as a person who reads the files would ask.
import { expect } from 'chai';
import { parse } from 'yaml';
import { checkFiles } from '../../src/checks/check-files.ts';
import { buildManifests } from '../../src/manifests/build.ts';
import type { GeneratedFile } from '../../src/manifests/generated-file.ts';
import { createDefaultOptions } from '../../src/manifests/options.ts';
import type { ManifestOptions } from '../../src/manifests/options.ts';
import { readPinnedDigests } from '../../src/manifests/pinned-digests.ts';
import { application, applicationsByName, component, fact, port, secret, server } from './applications.ts';
import { at } from './field.ts';

const optionSets: Record<string, Partial<ManifestOptions>> = {
  'by default': {},
  'in the plain format': { format: 'plain' },
  'as a chart': { format: 'helm' },
  'in the minimal profile': { profile: 'minimal' },
  'hardened to the maximum': { hardening: 'max' },
  'with a strict network': { networkPolicy: 'strict' },
  'behind an Ingress': {
    expose: { kind: 'ingress', host: 'shop.example.com', clusterIssuer: 'letsencrypt' },
  },
  'behind a Gateway': { expose: { kind: 'gateway', host: 'shop.example.com', gatewayName: 'public' } },
  'into the namespace default': { namespace: { value: 'default', source: 'settings' } },
};

function build(name: string, more: Partial<ManifestOptions> = {}): ReturnType<typeof buildManifests> {
  return buildManifests(applicationsByName[name] ?? application([]), {
    ...createDefaultOptions('shop'),
    ...more,
  });
}

function fileAt(files: readonly GeneratedFile[], path: string): GeneratedFile {
  const found = files.find((file) => file.path === path);
  if (!found) throw new Error(`expected ${path} among ${files.map((file) => file.path).join(', ')}`);
  return found;
}

function podSpec(files: readonly GeneratedFile[], path: string): unknown {
  return at(parse(fileAt(files, path).content), 'spec.template.spec');
}

describe('buildManifests', () => {
  for (const name of Object.keys(applicationsByName)) {
    for (const [sentence, more] of Object.entries(optionSets)) {
      it(`makes files for ${name} ${sentence} that pass every check, the same bytes each time`, () => {
        const first = build(name, more);
        expect(checkFiles(first.files)).to.deep.equal([]);
        expect(build(name, more)).to.deep.equal(first);
      });
    }
  }

  it('lays a single component flat and gives several a folder each', () => {
    const flat = build('a single server').files.map(({ path }) => path);
    expect(flat).to.deep.equal([
      'k8s/namespace.yaml',
      'k8s/deployment.yaml',
      'k8s/service.yaml',
      'k8s/serviceaccount.yaml',
      'k8s/configmap.yaml',
      'k8s/hpa.yaml',
      'k8s/pdb.yaml',
      'k8s/networkpolicy.yaml',
      'k8s/persona.yaml',
      'k8s/secret.example',
      'k8s/kustomization.yaml',
      'argocd/application.yaml',
      '.github/workflows/deploy.yaml',
      'PERSONA.md',
    ]);
    expect(build('a server and a worker').files.map(({ path }) => path)).to.include(
      'k8s/mailer/deployment.yaml',
    );
  });

  it('leaves workload, Service, persona and what they need in the minimal profile', () => {
    const paths = build('a single server', { profile: 'minimal' }).files.map(({ path }) => path);
    expect(paths).to.deep.equal([
      'k8s/namespace.yaml',
      'k8s/deployment.yaml',
      'k8s/service.yaml',
      'k8s/configmap.yaml',
      'k8s/persona.yaml',
      'k8s/secret.example',
      'k8s/kustomization.yaml',
    ]);
  });

  it('makes nothing for a command line tool', () => {
    const result = buildManifests(application([component({ kind: 'cli' })]), createDefaultOptions('shop'));
    expect(result.files).to.deep.equal([]);
  });

  it('puts the namespace first where kubectl goes by file name', () => {
    const paths = build('names that are no DNS names', { format: 'plain' }).files.map(({ path }) => path);
    const inside = paths.filter((path) => path.startsWith('k8s/')).sort();
    expect(inside[0]).to.equal('k8s/00-namespace.yaml');
  });

  it('leaves replicas to the HPA and says so', () => {
    const deployment: unknown = parse(fileAt(build('a single server').files, 'k8s/deployment.yaml').content);
    expect(at(deployment, 'spec.replicas')).to.equal(undefined);
    expect(at(deployment, 'metadata.annotations')).to.deep.equal({
      'dorgu.io/replicas': 'hpa',
      'polaris.fairwinds.com/deploymentMissingReplicas-exempt': 'true',
    });
  });

  it('lets a site without root open port 80, with what nginx writes to on a read-only root', () => {
    const pod = podSpec(build('a static site on a low port').files, 'k8s/deployment.yaml');
    expect(at(pod, 'securityContext.sysctls')).to.deep.equal([
      { name: 'net.ipv4.ip_unprivileged_port_start', value: '80' },
    ]);
    const mounts = at(pod, 'containers.0.volumeMounts') as { mountPath: string }[];
    expect(mounts.map(({ mountPath }) => mountPath)).to.deep.equal(['/tmp', '/var/cache/nginx', '/run']);
  });

  it('runs an image without a USER as nobody in particular, and says so', () => {
    const runtime = {
      user: fact({ name: 'root', uid: 0, gid: 0, isRoot: true, isAssumed: true as const }),
      volumes: [],
    };
    const { files, decisions } = buildManifests(
      application([server({ runtime })]),
      createDefaultOptions('shop'),
    );
    expect(at(podSpec(files, 'k8s/deployment.yaml'), 'securityContext')).to.include({
      runAsNonRoot: true,
      runAsUser: 10001,
    });
    expect(decisions.find(({ topic }) => topic === 'root')?.message).to.match(
      /no USER .*here it runs as 10001/,
    );
  });

  it('keeps to the one replica that compose names, until settings say otherwise', () => {
    const app = application([server({ runtime: { replicas: fact(1), volumes: [] } })]);
    const single = buildManifests(app, createDefaultOptions('shop')).files;
    expect(single.map(({ path }) => path)).not.to.include.members(['k8s/hpa.yaml']);
    expect(at(parse(fileAt(single, 'k8s/deployment.yaml').content), 'spec.replicas')).to.equal(1);
    const scaled = buildManifests(app, {
      ...createDefaultOptions('shop'),
      defaults: { scaling: { minReplicas: 3 } },
    }).files;
    expect(at(parse(fileAt(scaled, 'k8s/hpa.yaml').content), 'spec.minReplicas')).to.equal(3);
  });

  it('lets an image that only runs as root start, and names the line', () => {
    const { files, decisions } = build('an image that only runs as root');
    const pod = podSpec(files, 'k8s/deployment.yaml');
    expect(at(pod, 'securityContext.runAsNonRoot')).to.equal(undefined);
    expect(at(pod, 'containers.0.securityContext.readOnlyRootFilesystem')).to.equal(false);
    expect(decisions.find(({ topic }) => topic === 'root')?.message).to.contain('Dockerfile:7');
  });

  it('asks readiness by the endpoint and liveness by the port where one endpoint is known', () => {
    const pod = podSpec(build('a single server').files, 'k8s/deployment.yaml');
    expect(at(pod, 'containers.0.readinessProbe.httpGet')).to.deep.equal({ path: '/healthz', port: 'http' });
    expect(at(pod, 'containers.0.livenessProbe.tcpSocket')).to.deep.equal({ port: 'http' });
  });

  it('invents no endpoint: asks whether the port is open, and nothing twice', () => {
    const { files } = buildManifests(application([server({ health: {} })]), createDefaultOptions('shop'));
    const deployment: unknown = parse(fileAt(files, 'k8s/deployment.yaml').content);
    const container = at(deployment, 'spec.template.spec.containers.0');
    expect(at(container, 'startupProbe.tcpSocket')).to.deep.equal({ port: 'http' });
    expect(at(container, 'readinessProbe.tcpSocket')).to.deep.equal({ port: 'http' });
    expect(at(container, 'livenessProbe')).to.equal(undefined);
    expect(at(deployment, 'metadata.annotations')).to.have.property(
      'polaris.fairwinds.com/livenessProbeMissing-exempt',
      'true',
    );
  });

  it('keeps a job suspended whose schedule is not known', () => {
    const { files, decisions } = build('a job whose schedule is not known');
    expect(at(parse(fileAt(files, 'k8s/cronjob.yaml').content), 'spec.suspend')).to.equal(true);
    expect(decisions.map(({ topic }) => topic)).to.include('schedule');
  });

  it('lets the metadata address out of no policy, and only what is known out of a strict one', () => {
    const open = fileAt(build('a server and a worker').files, 'k8s/web/networkpolicy.yaml').content;
    expect(open).to.contain('169.254.169.254/32');
    const strict: unknown = parse(
      fileAt(build('a server and a worker', { networkPolicy: 'strict' }).files, 'k8s/web/networkpolicy.yaml')
        .content,
    );
    const ports = (at(strict, 'spec.egress') as { ports: { port: number }[] }[]).flatMap((rule) =>
      rule.ports.map((entry) => entry.port),
    );
    expect(ports).to.deep.equal([53, 53, 5432]);
  });

  it('selects pods in a policy by one label', () => {
    const policy: unknown = parse(fileAt(build('a single server').files, 'k8s/networkpolicy.yaml').content);
    expect(at(policy, 'spec.podSelector.matchLabels')).to.deep.equal({
      'app.kubernetes.io/instance': 'shop',
    });
  });

  it('keeps a shell substitution in a command from Kubernetes', () => {
    const app = application([
      component({ runtime: { volumes: [], args: fact(['sh', '-c', 'echo $(date)']) } }),
    ]);
    const { files } = buildManifests(app, createDefaultOptions('shop'));
    expect(at(podSpec(files, 'k8s/deployment.yaml'), 'containers.0.args.2')).to.equal('echo $$(date)');
  });

  it('names optional secrets as optional and the command for all, and never a value', () => {
    const app = application([server({ env: [secret('A_KEY'), secret('B_KEY', false)] })]);
    const { files, decisions } = buildManifests(app, createDefaultOptions('shop'));
    expect(
      at(podSpec(files, 'k8s/deployment.yaml'), 'containers.0.env.2.valueFrom.secretKeyRef'),
    ).to.deep.equal({
      name: 'shop',
      key: 'B_KEY',
      optional: true,
    });
    expect(decisions.find(({ topic }) => topic === 'secrets')?.command).to.equal(
      'install -m 600 k8s/secret.example ~/shop.env && ${EDITOR:-vi} ~/shop.env && kubectl create secret generic shop -n shop --from-env-file ~/shop.env',
    );
    const lines = fileAt(files, 'k8s/secret.example').content.split('\n');
    expect(lines.filter((line) => !line.startsWith('#'))).to.deep.equal(['A_KEY=', '']);
    expect(lines).to.include('# B_KEY=');
  });

  it('moves the port by its variable where settings ask for another', () => {
    const { files } = build('a single server', { defaults: { port: 8080 } });
    expect(at(parse(fileAt(files, 'k8s/configmap.yaml').content), 'data.PORT')).to.equal('8080');
    expect(at(parse(fileAt(files, 'k8s/service.yaml').content), 'spec.ports.0.port')).to.equal(8080);
  });

  it('writes the digest that the workflow pinned, and reads it back', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    for (const [format, path] of [
      ['kustomize', 'k8s/kustomization.yaml'],
      ['plain', 'k8s/deployment.yaml'],
    ] as const) {
      const { files } = build('a single server', { format, defaults: { pinnedDigest: digest } });
      expect(readPinnedDigests(fileAt(files, path).content)).to.deep.equal(new Map([['shop', digest]]));
      expect(checkFiles(files)).to.deep.equal([]);
    }
  });

  it('points Argo CD at the folder in the repository', () => {
    const { files } = build('a single server', {
      git: {
        remote: { value: 'https://github.com/acme/shop', source: 'git' },
        branch: { value: 'trunk', source: 'git' },
        pathInRepository: 'services/shop',
      },
    });
    expect(at(parse(fileAt(files, 'argocd/application.yaml').content), 'spec.source')).to.deep.equal({
      repoURL: 'https://github.com/acme/shop',
      targetRevision: 'trunk',
      path: 'services/shop/k8s',
    });
  });

  it('gives two ports of one number over two protocols names of their own', () => {
    const app = application([server({ ports: [port(53), port(53, { protocol: 'UDP' })] })]);
    const { files } = buildManifests(app, createDefaultOptions('shop'));
    const ports = at(parse(fileAt(files, 'k8s/service.yaml').content), 'spec.ports') as { name: string }[];
    expect(ports.map(({ name }) => name)).to.deep.equal(['http', 'udp-53']);
  });

  it('chooses a port for a server that leaves it to PORT, sets the variable and says so', () => {
    const free = server({
      ports: [],
      env: [{ name: 'PORT', kind: 'config', required: false, evidence: [] }],
    });
    const { files, decisions } = buildManifests(application([free]), createDefaultOptions('shop'));
    expect(at(parse(fileAt(files, 'k8s/configmap.yaml').content), 'data')).to.deep.equal({ PORT: '8080' });
    expect(at(parse(fileAt(files, 'k8s/service.yaml').content), 'spec.ports.0.port')).to.equal(8080);
    expect(decisions.find(({ topic }) => topic === 'port')?.message).to.contain('PORT');
  });
});
