// Whether the API server answers: asked after a silence only, found within ten seconds, forgiven at once.
import { expect } from 'chai';
import { createPulse } from '../../../operator/manager/create-pulse.ts';
import type { KubeClient, KubeRequest } from '../../../src/kube/client.ts';
import { KubeError } from '../../../src/kube/kube-error.ts';
import { FakeClock } from './fake-clock.ts';
import { createMemoryLogger } from './memory-logger.ts';

/** How the server takes the question. */
type Answer = 'well' | 'refusal' | 'silence' | 'no connection';

function createPatient() {
  const clock = new FakeClock();
  const logger = createMemoryLogger();
  const asked: KubeRequest[] = [];
  const patient = { answer: 'well' as Answer };
  const request = async (wanted: KubeRequest) => {
    asked.push(wanted);
    if (patient.answer === 'well') return { status: 200, warnings: [], body: 'ok' };
    if (patient.answer === 'refusal') throw new KubeError('Forbidden', 'no', { httpStatus: 403 });
    if (patient.answer === 'no connection') throw new KubeError('Unreachable', 'does not answer', {});
    await Promise.race([clock.sleep(wanted.timeoutMs ?? 0), untilAborted(wanted.signal)]);
    throw new KubeError('Timeout', 'did not answer in time', {});
  };
  const pulse = createPulse({ client: { request: request as KubeClient['request'] }, logger, clock });
  const messages = () => logger.lines.map(({ message }) => message);
  return { clock, asked, patient, pulse, messages };
}

function untilAborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
}

describe('the pulse of the API server', () => {
  it('is not asked for while other calls are answered', async () => {
    const { clock, asked, pulse } = createPatient();
    await pulse.start();
    for (let turn = 0; turn < 100; turn++) {
      pulse.heard();
      await clock.advance(2000);
    }
    await pulse.stop();
    expect(asked).to.deep.equal([]);
  });

  it('is asked for every five seconds of silence, by what is neither a list nor a write', async () => {
    const { clock, asked, pulse } = createPatient();
    await pulse.start();
    await clock.advance(60_000);
    await pulse.stop();
    expect(asked).to.have.length(12);
    expect(new Set(asked.map(({ method, path }) => `${method} ${path}`))).to.deep.equal(
      new Set(['GET /livez']),
    );
  });

  const failures = {
    'a server that stands still is found within ten seconds of its last answer': 'silence',
    'a server that is away is found within ten seconds of its last answer': 'no connection',
  } as const;
  for (const [title, answer] of Object.entries(failures))
    it(`${title}, told once, and forgiven with the first answer to anybody`, async () => {
      const { clock, patient, pulse, messages } = createPatient();
      await pulse.start();
      await clock.advance(30_000);
      patient.answer = answer;
      await clock.advance(9000);
      expect(pulse.whyNotReady()).to.include('answer');
      await clock.advance(100_000);
      expect(messages()).to.deep.equal(['The API server does not answer']);
      pulse.heard();
      expect(pulse.whyNotReady()).to.equal(undefined);
      await pulse.stop();
      expect(messages()).to.have.length(2);
    });

  it('is back within two seconds of the server where nobody else asks', async () => {
    const { clock, patient, pulse } = createPatient();
    patient.answer = 'no connection';
    await pulse.start();
    await clock.advance(20_000);
    patient.answer = 'well';
    await clock.advance(2000);
    expect(pulse.whyNotReady()).to.equal(undefined);
    await pulse.stop();
  });

  it('takes a refusal for the answer that it is', async () => {
    const { clock, patient, pulse } = createPatient();
    patient.answer = 'refusal';
    await pulse.start();
    await clock.advance(60_000);
    expect(pulse.whyNotReady()).to.equal(undefined);
    await pulse.stop();
  });

  it('stops in the middle of a question, without a complaint', async () => {
    const { clock, asked, patient, pulse, messages } = createPatient();
    patient.answer = 'silence';
    await pulse.start();
    await clock.advance(6000);
    await pulse.stop();
    await clock.advance(60_000);
    expect({ asked: asked.length, messages: messages() }).to.deep.equal({ asked: 1, messages: [] });
  });
});
