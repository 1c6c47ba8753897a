// Which literal paths are probes, and what for.
import { expect } from 'chai';
import { healthRoleOf, rankForProbe, type HealthRole } from '../../src/analysis/health-paths.ts';

describe('the names of probe paths', () => {
  const cases: Record<string, HealthRole | undefined> = {
    '/healthz': 'both',
    '/health': 'both',
    '/api/v1/health-check': 'both',
    '/livez': 'liveness',
    '/health/live': 'liveness',
    '/readyz': 'readiness',
    '/health/ready': 'readiness',
    '/health/': 'both',
    '/metrics': 'metrics',
    '/matches/live': undefined,
    '/api/chat/webhook/health-check': undefined,
    '/api/users/health': 'both',
    '/health/:id': undefined,
    '/health/*': undefined,
    '/healthy-recipes': undefined,
    '/': undefined,
    health: undefined,
  };
  for (const [path, role] of Object.entries(cases))
    it(`${path} is ${role ?? 'no probe'}`, () => expect(healthRoleOf(path)).to.equal(role));

  it('prefers the specific name to the general one', () => {
    expect(rankForProbe('liveness', 'liveness')).to.be.greaterThan(rankForProbe('both', 'liveness'));
    expect(rankForProbe('readiness', 'liveness')).to.equal(0);
  });
});
