// What is advised in which case, and how it is said.
import { expect } from 'chai';
import { advise, assess } from '../../../src/sizing/advise.ts';
import {
  mebibyte,
  mondayMs,
  resourcesOf,
  shopObject,
  steady,
  toSamples,
  toSubject,
  toUsage,
  toWorkload,
} from '../measured.ts';
import { cases, killed, week, weekMs } from './advice-cases.ts';

describe('advice', () => {
  for (const [
    title,
    { now, container = {}, kind, subject = {}, expected, silent = {}, says = /^/ },
  ] of Object.entries(cases))
    it(title, () => {
      const object = shopObject([{ ...resourcesOf(now), ...container }], kind === undefined ? {} : { kind });
      const asked = toSubject(toWorkload(object), { usage: week, ...subject });
      const advice = advise(asked);
      const said = advice.map(({ resource, setting, recommended }) => [
        `${resource}-${setting}`,
        recommended ?? null,
      ]);
      expect(Object.fromEntries(said)).to.deep.equal(expected);
      const reasons = new Map(assess(asked).map((one) => [`${one.resource}-${one.setting}`, one.silence]));
      for (const [setting, reason] of Object.entries(silent)) expect(reasons.get(setting)).to.equal(reason);
      expect(advice.map(({ message, action }) => `${message}\n${action}`).join('\n')).to.match(says);
    });

  it('is about sidecars as well, and never about containers that end before the others start', () => {
    const usage = toUsage([
      ...toSamples(steady(260, 400 * mebibyte)),
      ...toSamples(steady(30, 60 * mebibyte), { container: 'proxy' }),
      ...toSamples(steady(900, 900 * mebibyte), { container: 'migrate' }),
      ...toSamples(steady(900, 900 * mebibyte), { container: 'gone' }),
    ]);
    const workload = toWorkload(shopObject([{}], { sidecars: [{ name: 'proxy' }] }));
    expect(advise(toSubject(workload, { usage })).map(({ id }) => id)).to.have.members([
      'deployment/shop/shop/cpu-request',
      'deployment/shop/shop/memory-request',
      'deployment/shop/shop/memory-limit',
      'deployment/shop/proxy/cpu-request',
      'deployment/shop/proxy/memory-request',
      'deployment/shop/proxy/memory-limit',
    ]);
  });

  it('of a Job is what a kill says: its use in windows of five minutes says little', () => {
    const template = shopObject([resourcesOf({ 'memory-limit': '256Mi' })]).spec.template;
    const workload = toWorkload({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'shop' },
      spec: { template },
    });
    expect(advise(toSubject(workload, { usage: week }))).to.deep.equal([]);
    const [advice] = advise(toSubject(workload, { usage: week, kills: [killed] }));
    expect(advice).to.deep.include({
      recommended: '368Mi',
      priority: 'high',
      source: 'pod-status',
      confidence: 1,
      samples: 0,
    });
  });

  it('says what it sets free over all replicas, and ranks by it', () => {
    const object = shopObject(
      [resourcesOf({ 'cpu-request': '1', 'memory-request': '544Mi', 'memory-limit': '420Mi' })],
      { replicas: 3 },
    );
    const advice = advise(toSubject(toWorkload(object), { usage: week }));
    expect(advice.map(({ id, priority }) => [id.split('/').at(-1), priority])).to.deep.equal([
      ['cpu-request', 'high'],
      ['memory-limit', 'high'],
      ['memory-request', 'low'],
    ]);
    expect(advice[0]!.action).to.equal(
      'Set resources.requests.cpu of container shop to 305m: sets free 695m a pod, 2085m over 3 replicas.',
    );
  });

  it('rests on numbers that stand beside it', () => {
    const object = shopObject([
      resourcesOf({ 'cpu-request': '1', 'memory-request': '464Mi', 'memory-limit': '560Mi' }),
    ]);
    const [advice] = advise(
      toSubject(toWorkload(object), { usage: week.map((usage) => ({ ...usage, days: 6, samples: 1728 })) }),
    );
    expect(advice).to.deep.include({
      peak: 480,
      samples: 1728,
      confidence: 0.73,
      source: 'prometheus',
      fromMs: mondayMs + 300_000,
      toMs: mondayMs + weekMs,
    });
    expect(advice!.trend).to.have.length(12);
  });
});
