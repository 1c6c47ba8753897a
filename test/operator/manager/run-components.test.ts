// The order of starts and stops.
import { expect } from 'chai';
import type { Component } from '../../../operator/manager/component.ts';
import { runComponents } from '../../../operator/manager/run-components.ts';
import { createMemoryLogger } from './memory-logger.ts';

describe('components', () => {
  const steps: string[] = [];
  beforeEach(() => void (steps.length = 0));
  const create = (name: string, start = () => Promise.resolve()): Component => ({
    name,
    start: async () => {
      steps.push(`start ${name}`);
      await start();
    },
    stop: () => Promise.resolve(void steps.push(`stop ${name}`)),
    whyNotReady: () => undefined,
  });
  const logger = createMemoryLogger();

  it('start in order and stop in the opposite one', async () => {
    const stopping = new AbortController();
    const over = runComponents([[create('a')], [create('b')]], { logger, signal: stopping.signal });
    await new Promise((resolve) => setImmediate(resolve));
    expect(steps).to.deep.equal(['start a', 'start b']);
    stopping.abort();
    await over;
    expect(steps.slice(2)).to.deep.equal(['stop b', 'stop a']);
  });

  it('stop again where one of them cannot start, and say why', async () => {
    const bad = create('b', () => Promise.reject(new Error('the port is taken')));
    const { signal } = new AbortController();
    const error = await runComponents([[create('a')], [bad], [create('c')]], { logger, signal }).catch(
      String,
    );
    expect(error).to.equal('Error: the port is taken');
    expect(steps).to.deep.equal(['start a', 'start b', 'stop b', 'stop a']);
  });

  it('stop where they are when told to in the middle of the start', async () => {
    const stopping = new AbortController();
    const slow = create('a', () => {
      stopping.abort();
      return Promise.resolve();
    });
    await runComponents([[slow], [create('b')]], { logger, signal: stopping.signal });
    expect(steps).to.deep.equal(['start a', 'stop a']);
  });

  it('of one stage stop together, so that none waits for the work of another', async () => {
    const stopping = new AbortController();
    const [one, other] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const wait = (name: string, own: typeof one, awaited: typeof one): Component => ({
      ...create(name),
      stop: async () => {
        own.resolve(undefined);
        await awaited.promise;
        steps.push(`stop ${name}`);
      },
    });
    const stages = [[create('first')], [wait('a', one, other), wait('b', other, one)]];
    const over = runComponents(stages, { logger, signal: stopping.signal });
    stopping.abort();
    await over;
    expect(steps.at(-1)).to.equal('stop first');
    expect(steps.filter((step) => step.startsWith('stop'))).to.have.length(steps.length / 2);
  });
});
