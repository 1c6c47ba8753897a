// Which components an application has, when compose, Dockerfiles and language manifests all have a say.
import { expect } from 'chai';
import type { ComposeService } from '../../../src/analysis/compose/service.ts';
import { discoverComponents, type Sources } from '../../../src/analysis/discovery/discover.ts';
import type { DockerfileCandidate } from '../../../src/analysis/dockerfile/find-dockerfiles.ts';
import type { Root } from '../../../src/analysis/discovery/root.ts';

const evidence = { file: 'x', reason: 'is there' };
const root = (dir: string, more: Partial<Root> = {}): Root => ({ dir, evidence, ...more });
const dockerfile = (
  path: string,
  dir: string,
  more: Partial<DockerfileCandidate> = {},
): DockerfileCandidate => ({
  path,
  dir,
  context: dir,
  isAlternative: false,
  reason: 'is there',
  ...more,
});
const service = (name: string, context: string, path = 'Dockerfile'): ComposeService => ({
  name,
  evidence,
  build: { context, dockerfile: context === '.' ? path : `${context}/${path}`, args: new Map() },
  claims: {},
  dependsOn: [],
  profiles: [],
});

describe('discovery of components', () => {
  const cases: Record<string, { sources: Partial<Sources>; found: string[] }> = {
    'a language root at the top is the application': {
      sources: { roots: [root('.')] },
      found: ['shop in .'],
    },
    'a root that names itself keeps its name': {
      sources: { roots: [root('.', { name: '@acme/shop' })] },
      found: ['@acme/shop in .'],
    },
    'the outermost root wins': { sources: { roots: [root('.'), root('web')] }, found: ['shop in .'] },
    'roots side by side are components': {
      sources: { roots: [root('web'), root('api')] },
      found: ['api in api', 'web in web'],
    },
    'two languages in one folder are one component': {
      sources: { roots: [root('api', { name: 'first' }), root('api')] },
      found: ['first in api'],
    },
    'a Dockerfile covers what lies below it': {
      sources: { dockerfiles: [dockerfile('Dockerfile', '.')], roots: [root('.'), root('client')] },
      found: ['shop in .'],
    },
    'a Dockerfile that does not copy a folder does not cover it': {
      sources: {
        dockerfiles: [dockerfile('Dockerfile', '.')],
        roots: [root('.'), root('client'), root('mailer')],
        reachOf: () => ({ brings: (dir) => dir !== 'mailer', languages: new Set(['javascript']) }),
      },
      found: ['shop in .', 'mailer in mailer'],
    },
    'an image of one language does not cover a lone program of another': {
      sources: {
        dockerfiles: [dockerfile('Dockerfile', '.')],
        roots: [root('batch', { ecosystem: 'python' })],
        reachOf: () => ({ brings: () => true, languages: new Set(['javascript']) }),
      },
      found: ['shop in .', 'batch in batch'],
    },
    'an image that runs a server covers the pages beside it, whatever their language': {
      sources: {
        dockerfiles: [dockerfile('Dockerfile', '.')],
        roots: [root('client', { ecosystem: 'javascript' }), root('server', { ecosystem: 'python' })],
        reachOf: () => ({ brings: () => true, languages: new Set(['python']) }),
      },
      found: ['shop in .'],
    },
    'an alternative Dockerfile is no component': {
      sources: {
        dockerfiles: [
          dockerfile('Dockerfile', '.'),
          dockerfile('Dockerfile.dev', '.', { isAlternative: true }),
        ],
      },
      found: ['shop in .'],
    },
    'two Dockerfiles for one folder are two components, by their suffix': {
      sources: { dockerfiles: [dockerfile('Dockerfile.api', '.'), dockerfile('Dockerfile.worker', '.')] },
      found: ['api in .', 'worker in .'],
    },
    'compose says what there is; services that share a folder are told apart': {
      sources: {
        compose: {
          files: ['compose.yaml'],
          services: [service('web', '.'), service('jobs', '.')],
          notes: [],
        },
        dockerfiles: [dockerfile('Dockerfile', '.')],
        roots: [root('.')],
      },
      found: ['jobs in .', 'web in .'],
    },
    'a Dockerfile that no service uses is a component beside them': {
      sources: {
        compose: { files: ['compose.yaml'], services: [service('web', 'web')], notes: [] },
        dockerfiles: [dockerfile('web/Dockerfile', 'web'), dockerfile('mailer/Dockerfile', 'mailer')],
      },
      found: ['mailer in mailer', 'web in web'],
    },
    'a language root outside every service is a component as well': {
      sources: {
        compose: { files: ['compose.yaml'], services: [service('web', 'web')], notes: [] },
        dockerfiles: [dockerfile('web/Dockerfile', 'web')],
        roots: [root('web'), root('batch')],
      },
      found: ['batch in batch', 'web in web'],
    },
    'a service whose source is here is one, also without a Dockerfile': {
      sources: {
        compose: {
          files: ['compose.yaml'],
          services: [
            { name: 'web', evidence, sourceFolder: '.', claims: {}, dependsOn: [], profiles: [] },
            { name: 'docs', evidence, sourceFolder: 'docs', claims: {}, dependsOn: [], profiles: [] },
          ],
          notes: [],
        },
        roots: [root('.')],
      },
      found: ['web in .'],
    },
    'a service that is only an image is none': {
      sources: {
        compose: {
          files: ['compose.yaml'],
          services: [{ name: 'db', evidence, image: 'postgres:17', claims: {}, dependsOn: [], profiles: [] }],
          notes: [],
        },
      },
      found: [],
    },
    'folders of one name are told apart by their path': {
      sources: { roots: [root('a/api'), root('b/api')] },
      found: ['api in a/api', 'b-api in b/api'],
    },
  };
  for (const [title, { sources, found }] of Object.entries(cases))
    it(title, () => {
      const components = discoverComponents({
        applicationName: 'shop',
        dockerfiles: [],
        roots: [],
        ...sources,
      });
      expect(components.map(({ name, dir }) => `${name} in ${dir}`)).to.deep.equal(found);
    });
});
