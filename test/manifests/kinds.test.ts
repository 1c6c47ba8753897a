// Which kind of object runs a component, by what analysis or settings say of it.
import { expect } from 'chai';
import type { Component } from '../../src/application/component.ts';
import { judgeGenerated } from '../../src/generation/judge-generated.ts';
import { buildManifests } from '../../src/manifests/build.ts';
import type { ComponentOptions } from '../../src/manifests/component-options.ts';
import type { KubernetesObject } from '../../src/manifests/generated-file.ts';
import { createDefaultOptions } from '../../src/manifests/options.ts';
import { application, applicationsByName, component, fact, seenIn, server } from './applications.ts';
import { at } from './field.ts';

const data = { path: '/data', kind: 'data' as const, evidence: [seenIn('Dockerfile', 3)] };
const workloadKinds = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job']);

function build(found: Component, settings: ComponentOptions = {}): KubernetesObject[] {
  const options = { ...createDefaultOptions('shop'), defaults: settings };
  return buildManifests(application([found]), options).files.flatMap(({ objects }) => objects);
}

function objectOf(objects: readonly KubernetesObject[], ...kinds: string[]): KubernetesObject {
  const found = objects.find(({ kind }) => kinds.includes(kind));
  if (!found)
    throw new Error(`expected ${kinds.join(' or ')} among ${objects.map(({ kind }) => kind).join()}`);
  return found;
}

const cases: Record<string, { found: Component; settings?: ComponentOptions; kind: string }> = {
  'a server is a Deployment': { found: server(), kind: 'Deployment' },
  'a worker is a Deployment': { found: component(), kind: 'Deployment' },
  'a server that keeps data is a StatefulSet': {
    found: server({ runtime: { volumes: [data] } }),
    kind: 'StatefulSet',
  },
  'a worker that keeps data is a StatefulSet': {
    found: component({ runtime: { volumes: [data] } }),
    kind: 'StatefulSet',
  },
  'a server that only reads data is a Deployment': {
    found: server({ runtime: { volumes: [{ ...data, readOnly: true }] } }),
    kind: 'Deployment',
  },
  'what runs by schedule is a CronJob, with data, too': {
    found: component({ kind: 'cron', schedule: fact('0 4 * * *'), runtime: { volumes: [data] } }),
    kind: 'CronJob',
  },
  'what runs on every node is a DaemonSet': { found: component({ kind: 'daemon' }), kind: 'DaemonSet' },
  'what runs once is a Job': { found: component({ kind: 'job' }), kind: 'Job' },
  'settings make a job of a worker': { found: component(), settings: { type: 'job' }, kind: 'Job' },
  'settings make a worker of a job': {
    found: component({ kind: 'job' }),
    settings: { type: 'worker' },
    kind: 'Deployment',
  },
};

describe('the kind of a workload', () => {
  for (const [sentence, { found, settings, kind }] of Object.entries(cases))
    it(sentence, () => {
      const kinds = build(found, settings).map((object) => object.kind);
      expect(kinds.filter((one) => workloadKinds.has(one))).to.deep.equal([kind]);
    });

  it('keeps every rule, whichever it is', () => {
    for (const app of Object.values(applicationsByName)) {
      const { files } = buildManifests(app, createDefaultOptions('shop'));
      const errors = judgeGenerated(files, new Date(0)).filter(({ severity }) => severity === 'error');
      expect(errors).to.deep.equal([]);
    }
  });
});

describe('a StatefulSet', () => {
  const statefulSet = (settings: ComponentOptions = {}, version = '1.4.0') =>
    objectOf(
      build(server({ version: fact(version), runtime: { volumes: [data] } }), settings),
      'StatefulSet',
    );

  it('claims a disk for each pod, and mounts it', () => {
    const spec = statefulSet()['spec'];
    const [claim] = at(spec, 'volumeClaimTemplates') as object[];
    expect(at(claim, 'spec.resources.requests.storage')).to.equal('1Gi');
    const mounts = at(spec, 'template.spec.containers.0.volumeMounts') as { name: string }[];
    expect(mounts.map(({ name }) => name)).to.include(at(claim, 'metadata.name'));
    const volumes = at(spec, 'template.spec.volumes') as { name: string }[];
    expect(volumes.map(({ name }) => name)).to.not.include(at(claim, 'metadata.name'));
  });

  it('has nothing of a version where a StatefulSet cannot be changed', () => {
    const [first, second] = [statefulSet({}, '1.4.0'), statefulSet({}, '2.0.0')];
    for (const field of ['serviceName', 'selector', 'podManagementPolicy', 'volumeClaimTemplates'])
      expect(at(first, `spec.${field}`), field).to.deep.equal(at(second, `spec.${field}`));
  });

  it('is named by a headless Service beside the one that is called', () => {
    const objects = build(server({ runtime: { volumes: [data] } }));
    const services = objects.filter(({ kind }) => kind === 'Service');
    expect(services.map((service) => [service.metadata.name, at(service, 'spec.clusterIP')])).to.deep.equal([
      ['shop', undefined],
      ['shop-headless', 'None'],
    ]);
    expect(at(objectOf(objects, 'StatefulSet'), 'spec.serviceName')).to.equal('shop-headless');
  });

  it('has one replica unless settings ask for more, and none while it is paused', () => {
    expect(at(statefulSet(), 'spec.replicas')).to.equal(1);
    expect(at(statefulSet({ replicas: 3 }), 'spec.replicas')).to.equal(3);
    expect(at(statefulSet({ replicas: 0 }), 'spec.replicas')).to.equal(0);
  });
});

describe('a Job', () => {
  it('is made anew by Argo CD, and never tidied away to be run again', () => {
    const job = objectOf(build(component({ kind: 'job' })), 'Job');
    expect(at(job.metadata, 'annotations')).to.deep.equal({
      'argocd.argoproj.io/sync-options': 'Force=true,Replace=true',
    });
    expect(at(job, 'spec.ttlSecondsAfterFinished')).to.equal(undefined);
  });

  it('has neither Service nor replicas, and a persona of what runs and ends', () => {
    const objects = build(component({ kind: 'job' }));
    expect(objects.map(({ kind }) => kind)).to.not.include.members(['Service']);
    const persona = objectOf(objects, 'ApplicationPersona');
    expect([at(persona, 'spec.type'), at(persona, 'spec.scaling')]).to.deep.equal(['cron', undefined]);
  });
});
