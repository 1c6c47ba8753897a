// Databases: those that are built here and have to start and keep their data, and those that are only needed.
import { expect } from 'chai';
import { parse } from 'yaml';
import type { Application } from '../../src/application/application.ts';
import type { Component, DependencyFact } from '../../src/application/component.ts';
import { checkFiles } from '../../src/checks/check-files.ts';
import { buildManifests } from '../../src/manifests/build.ts';
import type { GeneratedFile } from '../../src/manifests/generated-file.ts';
import { createDefaultOptions } from '../../src/manifests/options.ts';
import { application, component, port, seenIn, server } from './applications.ts';
import { at } from './field.ts';

function textAt(files: readonly GeneratedFile[], path: string): string {
  return files.find((file) => file.path === path)?.content ?? '';
}

describe('databases', () => {
  it('tells of a database once, where compose and a driver both name it, and by the host of compose', () => {
    const needs = (...dependencies: Component['dependencies']): Application =>
      application([server({ dependencies })], {
        externalServices: [
          { name: 'db', image: 'mariadb:10', ports: [3306], type: 'database', evidence: [seenIn()] },
        ],
      });
    const driver: DependencyFact = { name: 'mysql', type: 'database', evidence: [seenIn('package.json', 3)] };
    const service: DependencyFact = { name: 'mariadb', type: 'database', host: 'db', evidence: [seenIn()] };
    for (const app of [needs(driver), needs(service, driver)]) {
      const { decisions } = buildManifests(app, createDefaultOptions('shop'));
      const said = decisions.filter(({ topic }) => topic === 'dependency');
      expect(said.map(({ message }) => message.includes('db:3306'))).to.deep.equal([true]);
    }
  });

  describe('a database that is built from an image of one', () => {
    const database = (value: number, more: Partial<Component> = {}): Component =>
      component({ name: 'store', kind: 'server', ports: [port(value)], ...more });

    for (const [value, path] of [
      [5432, '/var/lib/postgresql'],
      [3306, '/var/lib/mysql'],
      [27017, '/data/db'],
    ] as const) {
      it(`on port ${value} keeps ${path} in a claim, once, as a user who can write there`, () => {
        const { files } = buildManifests(application([database(value)]), createDefaultOptions('shop'));
        expect(checkFiles(files)).to.deep.equal([]);
        const paths = files.map((file) => file.path);
        expect(paths).to.include('k8s/statefulset.yaml').and.not.include('k8s/hpa.yaml');
        const statefulSet: unknown = parse(textAt(files, 'k8s/statefulset.yaml'));
        expect(at(statefulSet, 'spec.replicas')).to.equal(1);
        expect(at(statefulSet, 'spec.volumeClaimTemplates')).to.have.length(1);
        const pod = at(statefulSet, 'spec.template.spec');
        expect(at(pod, 'securityContext.runAsUser')).to.equal(999);
        const mounts = at(pod, 'containers.0.volumeMounts') as { mountPath: string }[];
        expect(mounts.map(({ mountPath }) => mountPath)).to.include(path);
        expect(at(pod, 'containers.0.ports.0.name')).to.not.equal('http');
      });
    }

    it('gets no claim beside the volume that it names itself', () => {
      const data = { path: '/data', kind: 'data' as const, evidence: [seenIn('Dockerfile', 3)] };
      const app = application([database(3306, { runtime: { volumes: [data] } })]);
      const { files } = buildManifests(app, createDefaultOptions('shop'));
      const text = textAt(files, 'k8s/statefulset.yaml');
      expect(text).to.contain('mountPath: /data').and.not.contain('/var/lib/mysql');
      expect(at(parse(text), 'spec.volumeClaimTemplates')).to.have.length(1);
    });

    it('is neither what the host leads to nor what is opened first', () => {
      const app = application([database(5432), server({ name: 'api' })]);
      const expose = { kind: 'ingress', host: 'shop.example.com' } as const;
      const { files, next } = buildManifests(app, { ...createDefaultOptions('shop'), expose });
      const paths = files.map((file) => file.path).filter((path) => path.endsWith('ingress.yaml'));
      expect(paths).to.deep.equal(['k8s/api/ingress.yaml']);
      expect(next.reach).to.contain('svc/api');
    });
  });
});
