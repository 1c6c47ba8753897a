// Which settings are named for a finding: those of a person, that the rule goes by, and of the component that it is about.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { findBlamedSettings } from '../../src/generation/blamed-settings.ts';
import { loadSettings } from '../../src/settings/load-settings.ts';

const file = `scaling:
  min_replicas: 2
  max_replicas: 4
components:
  web_app:
    resources:
      limits: {cpu: "1"}
    deployment_policy: {strategy: Canary}
  mailer:
    deployment_policy: {strategy: Recreate}
`;

const cases: Record<string, { rule: string; component: string; says: string[] }> = {
  'what holds for all, with its line': {
    rule: 'scaling/hpa-bounds',
    component: 'mailer',
    says: ['scaling.min_replicas (.dorgu.yaml:2)', 'scaling.max_replicas (.dorgu.yaml:3)'],
  },
  'what one component has, by the name in the file': {
    rule: 'rollout/strategy',
    component: 'web-app',
    says: ['components.web_app.deployment_policy.strategy (.dorgu.yaml)'],
  },
  'nothing of another component': { rule: 'resources/limit-missing', component: 'mailer', says: [] },
  'no default, which nobody chose': {
    rule: 'availability/pdb',
    component: 'mailer',
    says: ['scaling.min_replicas (.dorgu.yaml:2)', 'scaling.max_replicas (.dorgu.yaml:3)'],
  },
  'nothing for a rule that goes by no setting': { rule: 'secrets/env', component: 'web-app', says: [] },
  'a flag by its name': { rule: 'image/tag', component: 'mailer', says: ['tag (--tag)'] },
};

describe('the settings behind a finding', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-blame-'));
    writeFileSync(join(folder, '.dorgu.yaml'), file);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [sentence, { says, ...finding }] of Object.entries(cases))
    it(sentence, () => {
      const settings = loadSettings({
        applicationDir: folder,
        repositoryRoot: folder,
        env: {},
        home: '',
        flags: { tag: '1.0.0' },
      });
      const names = new Map([['web_app', 'web-app']]);
      expect(findBlamedSettings(finding, settings, names)).to.deep.equal(says);
    });
});
