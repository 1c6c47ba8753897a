// When trouble with certificates is worth an Event, and when it is not.
import { expect } from 'chai';
import { createProblemEvents } from '../../../operator/certificates/problem-events.ts';
import type { EventFacts } from '../../../operator/manager/events.ts';

describe('Events of certificates', () => {
  const object = { apiVersion: 'v1', kind: 'Pod', name: 'dorgu-operator-1', namespace: 'x', uid: '1' };
  let told: EventFacts[];
  let now: number;
  let leadership: { isLeader: boolean };
  let isAway: boolean;
  let look: (problem: string | undefined) => void;
  beforeEach(() => {
    [told, now, isAway] = [[], 0, false];
    leadership = { isLeader: true };
    const events = { record: (event: EventFacts) => void told.push(event) };
    const isAnswered = () => !isAway;
    look = createProblemEvents({ events, leadership, isAnswered, object, clock: { now: () => now } });
  });
  /** A look every two seconds. */
  const lookFor = (ms: number, problem: string | undefined) => {
    for (const end = now + ms; now < end; now += 2000) look(problem);
  };
  const reasons = () => told.map(({ type, reason }) => `${type} ${reason}`);

  it('say once that they cannot be kept and why, and once that they are', () => {
    lookFor(60_000, 'secrets "dorgu-ca": forbidden');
    lookFor(60_000, undefined);
    expect(told).to.deep.equal([
      { object, type: 'Warning', reason: 'CertificatesFailing', message: 'certificates cannot be kept: secrets "dorgu-ca": forbidden' },
      { object, type: 'Normal', reason: 'CertificatesKept', message: 'certificates are kept again' },
    ]); // prettier-ignore
    lookFor(60_000, 'again');
    expect(reasons()).to.have.length(3);
  });

  it('are silent about what is over soon, and about an API server that is away', () => {
    lookFor(10_000, 'not read yet');
    lookFor(2000, undefined);
    isAway = true;
    lookFor(300_000, 'connection refused');
    isAway = false;
    lookFor(10_000, 'connection refused');
    lookFor(10_000, undefined);
    expect(told).to.deep.equal([]);
  });

  it('are the word of the one that leads, also where it leads later', () => {
    leadership.isLeader = false;
    lookFor(60_000, 'forbidden');
    expect(told).to.deep.equal([]);
    leadership.isLeader = true;
    lookFor(2000, 'forbidden');
    expect(reasons()).to.deep.equal(['Warning CertificatesFailing']);
    leadership.isLeader = false;
    lookFor(2000, 'forbidden');
    lookFor(2000, undefined);
    expect(told).to.have.length(1);
  });
});
