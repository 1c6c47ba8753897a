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
    const over = runComponents([create('a'), create('b')], { logger, signal: stopping.signal });
    await new Promise((resolve) => setImmediate(resolve));
    expect(steps).to.deep.equal(['start a', 'start b']);
    stopping.abort();
    await over;
    expect(steps.slice(2)).to.deep.equal(['stop b', 'stop a']);
  });

  it('stop again where one of them cannot start, and say why', async () => {
    const bad = create('b', () => Promise.reject(new Error('the port is taken')));
    const { signal } = new AbortController();
    const error = await runComponents([create('a'), bad, create('c')], { logger, signal }).catch(String);
    expect(error).to.equal('Error: the port is taken');
    expect(steps).to.deep.equal(['start a', 'start b', 'stop b', 'stop a']);
  });

  it('stop where they are when told to in the middle of the start', async () => {
    const stopping = new AbortController();
    const slow = create('a', () => {
      stopping.abort();
      return Promise.resolve();
    });
    await runComponents([slow, create('b')], { logger, signal: stopping.signal });
    expect(steps).to.deep.equal(['start a', 'stop a']);
  });
});
