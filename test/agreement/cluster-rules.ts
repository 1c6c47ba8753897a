// Random specs of ClusterPersonas: policies, levels with dates and selectors, exceptions that last, that have ended and that end now.
import fc from 'fast-check';
import { missingPersona } from '../../src/rules/asked-first.ts';
import { rules } from '../../src/rules/rules.ts';
import { some } from './some.ts';

/** Around `now` of the world, in several zones, and to the very instant. */
const instant = fc.constantFrom(
  '2026-06-01T00:00:00Z',
  '2027-03-01T11:59:59.999Z',
  '2027-03-01T12:00:00Z',
  '2027-03-01T13:00:00+01:00',
  '2027-03-01T12:00:01Z',
  '2027-04-01T00:00:00Z',
  '2027-06-01T00:00:00+02:00',
);
const ids = [...rules.map(({ id }) => id), missingPersona.id];
const families = [...new Set(ids.map((id) => `${id.split('/')[0] ?? ''}/*`))];
/** Half of them such as nearly every workload breaks. */
const id = fc.oneof(
  fc.constantFrom(
    'security/*',
    'security/run-as-non-root',
    'image/tag',
    'secrets/env',
    'availability/*',
    missingPersona.id,
  ),
  fc.constantFrom(...ids, ...families),
);
const selector = fc.constantFrom(
  { matchLabels: { tier: 'public' } },
  { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['public'] }] },
  { matchLabels: { 'kubernetes.io/metadata.name': 'store' } },
);
const setting = fc.record(
  {
    id,
    level: fc.constantFrom('off', 'info', 'warn', 'deny', 'deny'),
    namespaceSelector: selector,
    enforceFrom: instant,
  },
  { requiredKeys: ['id', 'level'] },
);
const exception = fc.record(
  {
    rule: id,
    namespace: fc.constantFrom('store', 'bank'),
    persona: fc.constantFrom('shop', 'till', 'other'),
    container: fc.constantFrom('shop', 'proxy'),
    reason: fc.constant('mended later'),
    until: instant,
  },
  { requiredKeys: ['rule', 'reason', 'until'] },
);

/** Everything of a spec but the name. */
export const ruleSettings: fc.Arbitrary<object> = some({
  policies: some({
    requirePersona: fc.constantFrom('off', 'warn', 'deny'),
    security: some({
      enforceNonRoot: fc.boolean(),
      enforceReadOnlyRoot: fc.boolean(),
      disallowPrivileged: fc.boolean(),
      allowedRegistries: fc.constant(['ghcr.io/acme']),
      podSecurityStandard: fc.constantFrom('privileged', 'baseline', 'restricted'),
    }),
  }),
  conventions: some({ requiredLabels: fc.constant(['team']) }),
  rules: fc.array(setting, { maxLength: 4 }),
  exceptions: fc.array(exception, { maxLength: 4 }),
});
