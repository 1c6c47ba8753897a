// The text of patches, for each format.
import { expect } from 'chai';
import { parse } from 'yaml';
import type { Advice } from '../../../src/sizing/advice.ts';
import { patchFormats, toPatch } from '../../../src/sizing/patch/to-patch.ts';
import { shopObject, toWorkload } from '../measured.ts';
import { applyJsonPatch } from '../apply-advice.ts';
import type { JsonOperation } from '../../../src/sizing/patch/json-patch.ts';

function toAdvice(
  container: string,
  setting: string,
  recommended: string | undefined,
  kind = 'Deployment',
): Advice {
  const [resource, side] = setting.split('-') as ['cpu' | 'memory', 'request' | 'limit'];
  return {
    id: `${container}/${setting}`,
    workload: { kind, name: 'shop' },
    container,
    resource,
    setting: side,
    current: undefined,
    recommended,
    message: '',
    action: '',
    priority: 'low',
    p95: undefined,
    peak: undefined,
    trend: [],
    fromMs: undefined,
    toMs: undefined,
    samples: 0,
    confidence: 1,
    source: 'prometheus',
  };
}

const advice = [
  toAdvice('shop', 'memory-limit', '560Mi'),
  toAdvice('shop', 'cpu-request', '300m'),
  toAdvice('shop', 'cpu-limit', undefined),
  toAdvice('proxy', 'memory-request', '64Mi'),
];
const object = shopObject([{ resources: { limits: { cpu: '1' } } }], { sidecars: [{ name: 'proxy' }] });
const workload = toWorkload(object);

describe('a patch of advice', () => {
  it('for kustomize is a strategic merge patch, in which null removes', () => {
    expect(toPatch('kustomize', workload, advice)).to.equal(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  namespace: store
spec:
  template:
    spec:
      containers:
        - name: shop
          resources:
            requests:
              cpu: 300m
            limits:
              cpu: null
              memory: 560Mi
      initContainers:
        - name: proxy
          resources:
            requests:
              memory: 64Mi
`);
  });

  it('for Helm is values: resources for the main container, the name of others before theirs', () => {
    expect(toPatch('helm', workload, advice)).to.equal(`resources:
  requests:
    cpu: 300m
  limits:
    cpu: null
    memory: 560Mi
proxy:
  resources:
    requests:
      memory: 64Mi
`);
  });

  it('as JSON tests the name of the container that it is for, and makes what is missing', () => {
    const pod = '/spec/template/spec';
    expect(JSON.parse(toPatch('json', workload, advice))).to.deep.equal([
      { op: 'test', path: `${pod}/containers/0/name`, value: 'shop' },
      { op: 'add', path: `${pod}/containers/0/resources/requests`, value: { cpu: '300m' } },
      { op: 'remove', path: `${pod}/containers/0/resources/limits/cpu` },
      { op: 'add', path: `${pod}/containers/0/resources/limits/memory`, value: '560Mi' },
      { op: 'test', path: `${pod}/initContainers/1/name`, value: 'proxy' },
      { op: 'add', path: `${pod}/initContainers/1/resources`, value: {} },
      { op: 'add', path: `${pod}/initContainers/1/resources/requests`, value: { memory: '64Mi' } },
    ]);
  });

  it('as JSON does nothing to an object whose containers have moved', () => {
    const moved = shopObject([{ name: 'other' }, {}]);
    const patch = JSON.parse(toPatch('json', workload, advice)) as JsonOperation[];
    expect(() => applyJsonPatch(moved, patch)).to.throw('/containers/0/name: not shop');
  });

  it('for kustomize is a JSON patch in YAML for kinds whose lists it would replace', () => {
    const rollout = toWorkload(shopObject([{}], { kind: 'Rollout' }));
    const own = [toAdvice('shop', 'cpu-request', '300m', 'Rollout')];
    expect(parse(toPatch('kustomize', rollout, own))).to.deep.equal(
      JSON.parse(toPatch('json', rollout, own)),
    );
  });

  it('of a CronJob goes to where its pods are', () => {
    const { template } = shopObject([{}]).spec;
    const spec = { jobTemplate: { spec: { template } } };
    const cron = toWorkload({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'shop' }, spec });
    const container = { name: 'shop', resources: { limits: { memory: '368Mi' } } };
    expect(
      parse(toPatch('kustomize', cron, [toAdvice('shop', 'memory-limit', '368Mi', 'CronJob')])),
    ).to.deep.equal({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'shop' },
      spec: { jobTemplate: { spec: { template: { spec: { containers: [container] } } } } },
    });
  });

  for (const format of patchFormats)
    it(`for ${format} is empty where there is nothing to change`, () => {
      expect(toPatch(format, workload, [])).to.equal('');
      expect(toPatch(format, workload, [toAdvice('gone', 'cpu-request', '1')])).to.equal('');
      expect(toPatch(format, workload, [toAdvice('shop', 'cpu-request', '1', 'StatefulSet')])).to.equal('');
    });
});
