// What findings about probes tell people to write.
import { expect } from 'chai';
import { identicalProbes } from '../../../src/rules/health/identical-probes.ts';
import { liveness } from '../../../src/rules/health/liveness.ts';
import { readiness } from '../../../src/rules/health/readiness.ts';
import type { Rule } from '../../../src/rules/rule.ts';
import { shopInput, type ShopParts } from '../shop-input.ts';

function suggestionsOf(rule: Rule, parts: ShopParts): (string | undefined)[] {
  const reports = rule.evaluate(shopInput(parts));
  return reports === 'not-applicable' ? [] : reports.map(({ suggestion }) => suggestion);
}

describe('suggestions about probes', () => {
  const without = (more: object) => ({ livenessProbe: null, readinessProbe: null, ...more });
  const paths = { livenessPath: '/healthz', readinessPath: '/ready' };
  const cases: Record<string, [rule: Rule, parts: ShopParts, says: string]> = {
    'open the port that the container declares': [
      liveness,
      { container: without({ ports: [{ containerPort: 53, protocol: 'UDP' }, { containerPort: 5432 }] }) },
      'livenessProbe: {tcpSocket: {port: 5432}}',
    ],
    'ask the path and port that the persona names': [
      liveness,
      { persona: { health: { ...paths, port: 8080 } }, container: without({ ports: [] }) },
      'livenessProbe: {httpGet: {path: /healthz, port: 8080}}',
    ],
    'ask in the scheme that the persona names': [
      readiness,
      {
        persona: { health: paths, networking: { ports: [{ port: 8443, purpose: 'https' }] } },
        container: without({}),
        around: [{ kind: 'Service' }],
      },
      'readinessProbe: {httpGet: {path: /ready, port: 8443, scheme: HTTPS}}',
    ],
    'leave the port open where nothing tells it': [
      readiness,
      { persona: { health: paths }, container: without({ ports: [] }), around: [{ kind: 'Service' }] },
      'readinessProbe: {httpGet: {path: /ready, port: …}}',
    ],
    'let liveness ask less where it asks HTTP': [
      identicalProbes,
      {
        container: {
          livenessProbe: { httpGet: { path: '/', port: 1 } },
          readinessProbe: { httpGet: { path: '/', port: 1 } },
        },
      },
      'let liveness only open the port (tcpSocket), or raise its failureThreshold',
    ],
    'let liveness wait longer where it asks for the port alone': [
      identicalProbes,
      {
        container: {
          livenessProbe: { tcpSocket: { port: 1 } },
          readinessProbe: { tcpSocket: { port: 1 } },
        },
      },
      'raise failureThreshold of the liveness probe to 6',
    ],
  };
  for (const [sentence, [rule, parts, says]] of Object.entries(cases))
    it(sentence, () => {
      expect(suggestionsOf(rule, parts)).to.deep.equal([says]);
    });
});
