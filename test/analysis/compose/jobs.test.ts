// Which services of compose run once: said by those who wait for them, or by a restart policy where nobody calls them.
import { expect } from 'chai';
import { readComposeProject } from '../../../src/analysis/compose/project.ts';
import { createMemoryTree } from '../memory-tree.ts';

const cases: Record<string, { service: string; others?: string; kind: string | undefined }> = {
  'one whose end another waits for': {
    service: '{image: app, command: migrate}',
    others: 'web: {image: app, depends_on: {one: {condition: service_completed_successfully}}}',
    kind: 'job',
  },
  'one that is never restarted and serves nobody': { service: '{image: app, restart: "no"}', kind: 'job' },
  'a job of Swarm': { service: '{image: app, deploy: {mode: replicated-job}}', kind: 'job' },
  'one that is never restarted, but has a port': {
    service: '{image: app, restart: "no", ports: ["80"]}',
    kind: undefined,
  },
  'one that is never restarted, but is called': {
    service: '{image: app, restart: "no"}',
    others: 'web: {image: app, environment: {API_HOST: one}}',
    kind: undefined,
  },
  'one without a restart policy': { service: '{image: app}', kind: undefined },
};

describe('services that run once', () => {
  for (const [title, { service, others = '', kind }] of Object.entries(cases))
    it(`${title}: ${kind ?? 'no job'}`, () => {
      const tree = createMemoryTree({ 'compose.yaml': `services:\n  one: ${service}\n  ${others}\n` });
      const one = readComposeProject(tree)?.services.find(({ name }) => name === 'one');
      expect(one?.claims.kind?.[0]?.value).to.equal(kind);
      if (kind === 'job') expect(one?.claims.kind?.[0]?.evidence[0]?.line).to.be.a('number');
    });
});
