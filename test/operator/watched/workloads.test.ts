// What is kept of a workload is judged as the whole of it, and is no more than that.
import { expect } from 'chai';
import fc from 'fast-check';
import { openWorkload, watchedWorkloads } from '../../../operator/watched/workloads.ts';
import { applyApplicationPersonaDefaults } from '../../../src/api/defaults.ts';
import type { Fields } from '../../../src/api/foreign-fields.ts';
import { judge } from '../../../src/rules/judge.ts';
import { settleApplicationPersona } from '../../../src/rules/settle-input.ts';
import { readWorkload } from '../../../src/workload/read-workload.ts';
import type { Workload } from '../../../src/workload/workload.ts';
import { createDeployment, createPersona } from '../objects.ts';

const now = new Date('2026-11-23T10:00:00Z');

const variable = fc.oneof(
  fc.record({
    name: fc.constantFrom('PORT', 'DB_PASSWORD', 'API_TOKEN', 'JWT_SECRET', 'HOME_PATH', '__proto__'),
    value: fc.constantFrom(
      '',
      '8080',
      'hunter2-hunter2',
      '$(DB_PASSWORD)',
      '/run/secrets/a',
      'true',
      7,
      null,
    ),
  }),
  fc.record({
    name: fc.constant('DB_PASSWORD'),
    valueFrom: fc.constant({ secretKeyRef: { name: 's', key: 'k' } }),
  }),
  fc.constantFrom(null, 'PORT=1', []),
);
const container = fc.record({
  name: fc.constantFrom('main', 'side'),
  env: fc.oneof(fc.array(variable, { maxLength: 6 }), fc.constantFrom(null, {}, 'none')),
  command: fc.constantFrom(undefined, ['sh', '-c', 'sleep 1']),
  args: fc.constantFrom(undefined, ['--port=8080']),
  envFrom: fc.constantFrom(undefined, [{ secretRef: { name: 's' } }]),
});

function findFindings(workload: Workload | undefined) {
  if (workload === undefined) throw new Error('expected a workload');
  const persona = applyApplicationPersonaDefaults(settleApplicationPersona(createPersona('shop')));
  const around = {
    surroundings: undefined,
    clusterPersona: undefined,
    rivals: [],
    source: 'cluster' as const,
  };
  return judge({ persona, workload, namespaceLabels: new Map(), ...around }, now);
}

function keep(object: object) {
  const kept = watchedWorkloads[0]?.project(object);
  if (kept === undefined) throw new Error('expected that it is kept');
  return kept;
}

const withContainers = (podSpec: object) => createDeployment('shop', { podSpec });

describe('the cache of workloads', () => {
  it('keeps what every rule needs of containers', () => {
    let found = 0;
    fc.assert(
      fc.property(
        fc.array(container, { minLength: 1, maxLength: 3 }),
        fc.array(container, { maxLength: 2 }),
        (containers, initContainers) => {
          const object = withContainers({ containers, initContainers });
          const findings = findFindings(openWorkload(keep(object)));
          expect(findings).to.deep.equal(findFindings(readWorkload(object)));
          found += findings.filter(({ rule }) => rule === 'secrets/env').length;
        },
      ),
      { numRuns: 300 },
    );
    expect(found, 'findings about variables').to.be.above(5);
  });

  it('keeps neither commands nor variables that no rule reports', () => {
    const env = [
      { name: 'GREETING', value: 'unmistakable-greeting' },
      { name: 'DB_PASSWORD', value: 'hunter2-hunter2' },
    ];
    const kept = keep(
      withContainers({ containers: [{ name: 'main', command: ['unmistakable-command'], env }] }),
    );
    const spec = JSON.stringify(
      openWorkload(kept)?.pod.containers.map(({ fields }) => fields satisfies Fields),
    );
    expect(spec).to.contain('hunter2-hunter2').and.to.not.contain('unmistakable');
  });

  it('takes a change of what it does not keep for no change', () => {
    const withValue = (value: string) =>
      withContainers({ containers: [{ name: 'main', env: [{ name: 'GREETING', value }] }] });
    expect(keep(withValue('hello')).text).to.equal(keep(withValue('good morning')).text);
  });
});
