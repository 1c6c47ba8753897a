// What a check finds in manifests: which persona judges which workload, and where findings stand.
import { expect } from 'chai';
import { checkText, clusterPersona, deployment, persona, type CheckOptions } from './check-text.ts';

interface Case {
  text: string;
  options?: CheckOptions;
  /** `severity rule kind/name`, and what stands at the place up to a colon. */
  findings: string[];
  judged?: number;
  withoutPersona?: string[];
  personasWithoutWorkload?: string[];
  notes?: RegExp[];
}

const writable = '          tty: false\n';
const env = '          env: [{ name: DB_PASSWORD, value: hunter2-and-more }]\n';
const tag = (text: string) => text.replace(':1.4.2', ':latest');

const cases: Record<string, Case> = {
  'nothing of a workload that is as its persona says': {
    text: persona('web') + deployment('web', { container: writable }),
    findings: [],
    judged: 1,
  },
  'a finding at the line that says so': {
    text: persona('web') + tag(deployment('web')),
    findings: ['warning image/tag Deployment/web image'],
    judged: 1,
  },
  'a workload without a persona, which it names': {
    text: persona('web') + deployment('web') + tag(deployment('mailer')),
    findings: [],
    judged: 1,
    withoutPersona: ['Deployment/mailer'],
  },
  'a persona without a workload, which it names': {
    text: persona('gone') + deployment('web'),
    findings: [],
    judged: 0,
    withoutPersona: ['Deployment/web'],
    personasWithoutWorkload: ['ApplicationPersona/gone'],
  },
  'nothing across namespaces': {
    text: persona('web', { namespace: 'store' }) + tag(deployment('web', { namespace: 'bank' })),
    findings: [],
    judged: 0,
    withoutPersona: ['Deployment/web'],
    personasWithoutWorkload: ['ApplicationPersona/web'],
  },
  'objects without a namespace in the one that -n names': {
    text: persona('web') + tag(deployment('web', { namespace: 'bank' })),
    options: { namespace: 'store' },
    findings: [],
    judged: 0,
    withoutPersona: ['Deployment/web'],
    personasWithoutWorkload: ['ApplicationPersona/web'],
  },
  'what a persona of its own file asks for': {
    text: tag(deployment('web')),
    options: { personas: persona('web') },
    findings: ['warning image/tag Deployment/web image'],
    judged: 1,
  },
  'the persona of the command line instead of one of the input': {
    text:
      persona('web', { spec: '  policies: { security: { runAsNonRoot: nonsense } }\n' }) + deployment('web'),
    options: { personas: persona('web') },
    findings: ['error persona/invalid ApplicationPersona/web runAsNonRoot'],
    judged: 1,
  },
  'an unknown field of a persona, and judges all the same': {
    text: persona('web', { spec: '  teir: critical\n' }) + deployment('web'),
    findings: ['error persona/unknown-field ApplicationPersona/web teir'],
    judged: 1,
  },
  'an invalid ClusterPersona, without a crash': {
    text: persona('web') + deployment('web') + clusterPersona('  environment: moon\n'),
    findings: ['error persona/invalid ClusterPersona/production environment'],
    judged: 1,
  },
  'workloads without a persona where the cluster warns of it': {
    text: deployment('web') + clusterPersona('  policies: { requirePersona: warn }\n'),
    findings: ['warning identity/persona-missing Deployment/web name'],
    judged: 0,
    withoutPersona: ['Deployment/web'],
  },
  'workloads without a persona where the cluster denies them': {
    text: deployment('web'),
    options: { clusterPersonas: clusterPersona('  policies: { requirePersona: deny }\n') },
    findings: ['error identity/persona-missing Deployment/web name'],
    judged: 0,
    withoutPersona: ['Deployment/web'],
  },
  'nothing of a single Pod where the cluster asks for personas': {
    text:
      'apiVersion: v1\nkind: Pod\nmetadata: { name: errand }\nspec: { containers: [] }\n---\n' +
      clusterPersona('  policies: { requirePersona: deny }\n'),
    findings: [],
    withoutPersona: ['Pod/errand'],
  },
  "a rule at the cluster's level, by the labels of a Namespace of the input": {
    text:
      persona('web', { namespace: 'store' }) +
      tag(deployment('web', { namespace: 'store' })) +
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: store, labels: { stage: live } }\n---\n' +
      clusterPersona(
        '  rules: [{ id: image/tag, level: deny, namespaceSelector: { matchLabels: { stage: live } } }]\n',
      ),
    findings: ['error image/tag Deployment/web image'],
    judged: 1,
  },
  'a finding that an exception lifts': {
    text:
      persona('web') +
      tag(deployment('web')) +
      clusterPersona('  exceptions: [{ rule: image/tag, reason: soon, until: "2027-01-01T00:00:00Z" }]\n'),
    findings: ['lifted image/tag Deployment/web image'],
    judged: 1,
  },
  'what an exception lifts for one persona and another holds up': {
    text:
      persona('web').replace('name: web', 'name: a') +
      persona('web').replace('name: web', 'name: b') +
      tag(deployment('web')) +
      clusterPersona(
        '  rules: [{ id: identity/labels, level: "off" }]\n  exceptions: [{ rule: image/tag, persona: a, reason: soon, until: "2027-01-01T00:00:00Z" }]\n',
      ),
    findings: ['warning image/tag Deployment/web image'],
    judged: 1,
  },
  'a finding whose exception is over': {
    text:
      persona('web') +
      tag(deployment('web')) +
      clusterPersona('  exceptions: [{ rule: image/tag, reason: soon, until: "2026-11-23T08:59:59Z" }]\n'),
    findings: ['warning image/tag Deployment/web image'],
    judged: 1,
  },
  'the first of two ClusterPersonas, and says which': {
    text: persona('web') + deployment('web') + clusterPersona('', 'b') + clusterPersona('', 'a'),
    findings: [],
    judged: 1,
    notes: [/^ClusterPersona a counts, not b \(stdin:/],
  },
  'the first of two personas of one name, and says which': {
    text: persona('web') + persona('web') + deployment('web'),
    findings: [],
    judged: 1,
    notes: [/^persona web stands twice: stdin:1:1 counts, stdin:14:1 does not$/],
  },
  'an autoscaler at its own lines': {
    text:
      persona('web', { spec: '' }).replace('maxReplicas: 1', 'maxReplicas: 4') +
      deployment('web').replace('  replicas: 1\n', '') +
      `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  minReplicas: 1
  maxReplicas: 40
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
`,
    findings: ['warning scaling/hpa-bounds HorizontalPodAutoscaler/web maxReplicas'],
    judged: 1,
  },
  'secrets in variables, without their values': {
    text: persona('web') + deployment('web', { container: env }),
    findings: ['error secrets/env Deployment/web value'],
    judged: 1,
  },
  'documents that are no YAML beside those that are': {
    text: `a: *nothing\n---\n${persona('web')}${tag(deployment('web'))}`,
    findings: ['error manifest/unreadable - *nothing', 'warning image/tag Deployment/web image'],
    judged: 1,
  },
};

describe('a check of manifests finds', () => {
  for (const [title, { text, options, ...expected }] of Object.entries(cases)) {
    it(title, async () => {
      const report = await checkText(text, options);
      const lines = text.split('\n');
      const shown = report.findings.map(({ severity, exception, rule, object, line, column }) => {
        const subject = object === undefined ? '-' : `${object.kind}/${object.name}`;
        const [found = ''] = (lines[line - 1] ?? '').slice(column - 1).split(':');
        return `${exception === undefined ? severity : 'lifted'} ${rule} ${subject} ${found}`;
      });
      const names = (objects: readonly { kind: string; name: string }[]) =>
        objects.map(({ kind, name }) => `${kind}/${name}`);
      expect(shown).to.deep.equal(expected.findings);
      expect(report.counts.judged).to.equal(expected.judged ?? 0);
      expect(names(report.withoutPersona)).to.deep.equal(expected.withoutPersona ?? []);
      expect(names(report.personasWithoutWorkload)).to.deep.equal(expected.personasWithoutWorkload ?? []);
      expect(report.notes).to.have.length(expected.notes?.length ?? 0);
      for (const [index, note] of (expected.notes ?? []).entries())
        expect(report.notes[index]).to.match(note);
      expect(JSON.stringify(report)).not.to.contain('hunter2');
    });
  }

  it('counts the kinds that no rule looks at, and keeps the template that a document is from', async () => {
    const report = await checkText(
      `# Source: shop/templates/web.yaml\n${tag(deployment('web'))}${persona('web')}` +
        'apiVersion: v1\nkind: ConfigMap\n---\napiVersion: example.org/v1\nkind: Thing\n---\napiVersion: v1\nkind: ConfigMap\n',
    );
    expect([...report.otherKinds]).to.deep.equal([
      ['example.org/v1/Thing', 1],
      ['v1/ConfigMap', 2],
    ]);
    expect(report.findings[0]).to.include({ origin: 'shop/templates/web.yaml', line: 17 });
  });

  it('the same, whatever the order of the documents', async () => {
    const documents = [persona('web'), tag(deployment('web')), persona('api'), tag(deployment('api'))];
    const rules = async (text: string) =>
      (await checkText(text)).findings.map(({ rule, object }) => `${rule} ${object?.name ?? ''}`).sort();
    expect(await rules(documents.join(''))).to.deep.equal(await rules(documents.toReversed().join('')));
  });
});
