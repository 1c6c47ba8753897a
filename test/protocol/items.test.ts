// Items of API objects: what they show, and that nothing an API server could hold breaks them.
import { expect } from 'chai';
import fc from 'fast-check';
import { toClusterItem } from '../../src/protocol/cluster-item.ts';
import { toDeploymentItem } from '../../src/protocol/deployment-item.ts';
import { toOccurrenceItem, toValidationItem } from '../../src/protocol/event-items.ts';
import { isMeant } from '../../src/protocol/interest.ts';
import { keyOf } from '../../src/protocol/item-identity.ts';
import { toPersonaItem } from '../../src/protocol/persona-item.ts';
import { cluster, deployment, event, persona } from './objects.ts';

const withStatus = (status: object) => toPersonaItem({ ...persona, status })!;

describe('an item of a persona', () => {
  it('bears what a table shows', () => {
    expect(toPersonaItem(persona)).to.deep.equal({
      namespace: 'shop',
      name: 'cart',
      resourceVersion: '41',
      appName: 'cart-app',
      type: 'api',
      tier: 'critical',
      phase: 'Degraded',
      health: 'Degraded',
      ready: 'False',
      reason: 'Progressing',
      message: 'rollout: 2 of 3 updated',
      replicas: '2/3',
      issues: { errors: 1, warnings: 1, infos: 0 },
      argoCD: { sync: 'Synced', health: 'Progressing' },
      team: 'payments',
      changedAt: '2026-11-23T09:00:00Z',
      createdAt: '2026-11-22T08:00:00Z',
    });
  });

  it('leaves out what nobody has looked at', () => {
    const { status: _, ...fresh } = persona;
    expect(toPersonaItem(fresh)).to.include({ phase: '', health: '' });
    expect(toPersonaItem(fresh)).not.to.have.any.keys(
      'ready',
      'message',
      'replicas',
      'issues',
      'argoCD',
      'changedAt',
    );
  });

  it('says why by the condition that does not hold, readiness first', () => {
    const condition = (type: string, status: string) => ({ type, status, message: `${type} is ${status}` });
    const messageOf = (...conditions: object[]) => withStatus({ conditions }).message;
    expect(messageOf(condition('Ready', 'True'), condition('Validated', 'True'))).to.equal(undefined);
    expect(messageOf(condition('Ready', 'True'), condition('Validated', 'False'))).to.equal(
      'Validated is False',
    );
    expect(messageOf(condition('ArgoCDSynced', 'Unknown'))).to.equal('ArgoCDSynced is Unknown');
  });

  it('keeps a message on one line, and short', () => {
    const message = `a\r\nb\u2028c\u001b[31m${'x'.repeat(5000)}`;
    const shown = withStatus({ conditions: [{ type: 'Ready', status: 'False', message }] }).message;
    expect(shown)
      .to.match(/^a b c \[31mx+\.\.\.$/)
      .and.have.length(1024);
  });

  it('counts findings that a status has no room for', () => {
    const issues = Array.from({ length: 100 }, () => ({ severity: 'error', message: '' }));
    const validation = { passed: false, issues, omitted: 30, summary: '120 errors, 8 warnings, 2 notes' };
    expect(withStatus({ validation }).issues).to.deep.equal({ errors: 120, warnings: 8, infos: 2 });
  });

  it('bears the object without what tools wrote down for themselves, where it is asked for', () => {
    const whole = toPersonaItem(persona, { isWhole: true })?.persona;
    const { managedFields: _, ...metadata } = persona.metadata;
    expect(whole).to.deep.equal({ ...persona, metadata });
    expect(persona.metadata).to.have.property('managedFields');
  });
});

describe('items of other objects', () => {
  it('show a ClusterPersona', () => {
    expect(toClusterItem(cluster)).to.deep.equal({
      name: 'prod',
      resourceVersion: '7',
      environment: 'production',
      phase: 'Ready',
      kubernetesVersion: 'v1.35.4',
      platform: 'EKS',
      nodeCount: 12,
      applicationCount: 41,
      addons: [
        { name: 'Argo CD', type: 'gitops', version: '3.1.2', health: 'healthy' },
        { name: 'Grafana', type: 'monitoring', version: '', health: 'unhealthy' },
        { name: 'Istio', type: 'service-mesh', version: '', health: '' },
      ],
      changedAt: '2026-11-23T09:00:00Z',
      createdAt: '2026-11-22T08:00:00Z',
    });
  });

  it('show a Deployment, by the name that personas match it with', () => {
    expect(toDeploymentItem(deployment)).to.deep.equal({
      namespace: 'shop',
      name: 'cart',
      resourceVersion: '99',
      appName: 'cart-app',
      replicas: 3,
      updated: 3,
      ready: 2,
      available: 1,
      images: ['reg.example.com/cart:1', 'reg.example.com/proxy:2'],
      generation: 5,
      observedGeneration: 4,
      createdAt: '2026-11-22T08:00:00Z',
    });
    expect(toDeploymentItem({ ...deployment, spec: {} })).to.include({ appName: 'old-name', replicas: 1 });
  });

  it('show how a persona was validated, once it was', () => {
    expect(toValidationItem(persona)).to.deep.include({
      kind: 'validation',
      passed: false,
      issueCount: 2,
      severity: 'error',
      at: '2026-11-23T08:59:00Z',
    });
    expect(toValidationItem({ ...persona, status: { phase: 'Pending' } })).to.equal(undefined);
    expect(toValidationItem({ ...persona, status: { validation: { passed: true } } })).to.deep.include({
      issueCount: 0,
      severity: '',
      issues: [],
    });
  });

  it('list the gravest findings, and count all', () => {
    const issues = Array.from({ length: 60 }, () => ({
      severity: 'warning',
      message: 'x'.repeat(4000),
      suggestion: 'y'.repeat(4000),
    }));
    const item = toValidationItem({
      ...persona,
      status: { validation: { passed: true, issues, omitted: 5 } },
    });
    expect(item).to.include({ issueCount: 65, severity: 'warning' });
    expect(JSON.stringify(item)).to.have.length.lessThan(50_000);
  });

  it('show Events of both APIs', () => {
    const item = toOccurrenceItem(event);
    expect(item).to.deep.equal({
      kind: 'occurrence',
      namespace: 'shop',
      name: 'cart',
      eventName: 'cart.17a',
      type: 'Warning',
      reason: 'ValidationFailed',
      message: '1 error',
      count: 3,
      at: '2026-11-23T09:00:00Z',
      resourceVersion: '50',
    });
    const { involvedObject, message, count: _, lastTimestamp: __, ...rest } = event;
    const series = { count: 3, lastObservedTime: '2026-11-23T09:00:00Z' };
    expect(toOccurrenceItem({ ...rest, regarding: involvedObject, note: message, series })).to.deep.equal(
      item,
    );
    expect(
      toOccurrenceItem({ ...rest, involvedObject, eventTime: '2026-11-23T10:00:00.123456Z' }),
    ).to.include({
      count: 1,
      at: '2026-11-23T10:00:00.123456Z',
    });
  });

  const strangers = {
    'about a Pod': { kind: 'Pod', apiVersion: 'v1', name: 'cart' },
    'about a persona of somebody else': {
      kind: 'ApplicationPersona',
      apiVersion: 'example.com/v1',
      name: 'cart',
    },
    'about a group that begins like ours': {
      kind: 'ApplicationPersona',
      apiVersion: 'dorgu.io.example.com/v1',
      name: 'cart',
    },
    'without a name': { kind: 'ApplicationPersona', apiVersion: 'dorgu.io/v1' },
  };
  for (const [title, involvedObject] of Object.entries(strangers))
    it(`leave out an Event ${title}`, () => {
      expect(toOccurrenceItem({ ...event, involvedObject })).to.equal(undefined);
    });

  it('are known by keys of their own', () => {
    const keys = [
      keyOf('personas', toPersonaItem(persona)!),
      keyOf('cluster', toClusterItem(cluster)!),
      keyOf('events', toValidationItem(persona)!),
      keyOf('events', toOccurrenceItem(event)!),
    ];
    expect(keys).to.deep.equal(['shop/cart', 'prod', 'validation shop/cart', 'occurrence shop/cart.17a']);
  });

  it('are meant by name and namespace, which objects of topic cluster do not have', () => {
    const place = { namespace: 'shop', name: 'cart' };
    const meant = [{}, { namespace: 'shop' }, { name: 'cart' }, { namespace: 'shop', name: 'cart' }];
    for (const interest of meant) expect(isMeant('personas', interest, place)).to.equal(true);
    for (const interest of [{ namespace: 'cart' }, { namespace: 'shop', name: 'pay' }])
      expect(isMeant('events', interest, place)).to.equal(false);
    expect(isMeant('cluster', { namespace: 'shop', name: 'prod' }, { name: 'prod' })).to.equal(true);
  });
});

describe('items of anything', () => {
  const converters = [toPersonaItem, toClusterItem, toDeploymentItem, toValidationItem, toOccurrenceItem];

  it('never throw, and hold no more than they may', function () {
    this.timeout(20_000);
    const names = [
      'metadata',
      'spec',
      'status',
      'name',
      'namespace',
      'resourceVersion',
      'validation',
      'issues',
      'passed',
      'conditions',
      'type',
      'health',
      'replicas',
      'addons',
      'template',
      'containers',
      'labels',
      'involvedObject',
      '__proto__',
    ];
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'medium', withCrossShrink: true },
        fc.oneof(fc.string(), fc.double(), fc.constant(null), fc.boolean(), fc.constant('x'.repeat(3000))),
        fc.array(tie('tree'), { maxLength: 5 }),
        fc.dictionary(fc.constantFrom(...names), tie('tree'), { maxKeys: 8 }),
      ),
    }));
    fc.assert(
      fc.property(tree, tree, tree, (metadata, spec, status) => {
        const object = {
          metadata: { name: 'a', resourceVersion: '1', ...(metadata as object | null) },
          spec,
          status,
        };
        for (const convert of converters) {
          const item = convert(object) ?? convert(metadata);
          if (item !== undefined) expect(JSON.stringify(item).length).to.be.lessThan(70_000);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
