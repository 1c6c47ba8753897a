import { expect } from 'chai';
import fc from 'fast-check';
import { formatQuantity, parseQuantity, toMilliUnits, toQuantity } from '../../src/quantity/index.ts';
import type { Quantity } from '../../src/quantity/index.ts';
import { createApiServerClient } from '../api/api-server-client.ts';
import { useCluster } from '../cluster/use-cluster.ts';

const path = '/api/v1/namespaces/default/resourcequotas?dryRun=All';
const suffixes = [
  '',
  'n',
  'u',
  'm',
  'k',
  'M',
  'G',
  'T',
  'P',
  'E',
  'Ki',
  'Mi',
  'Gi',
  'Ti',
  'Pi',
  'Ei',
  'e3',
  'e-3',
  'E6',
  'e1',
];
const strangeSuffixes = [...suffixes, 'K', 'mi', 'b', 'MB', 'e', 'e1.5', 'i', '%'];
const names = [
  'requests.cpu',
  'requests.memory',
  'limits.cpu',
  'limits.memory',
  'requests.ephemeral-storage',
];

const digits = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: 1, maxLength });
const numbers = fc.tuple(digits(15), fc.option(digits(12), { nil: undefined }));
const quantities = fc
  .tuple(numbers, fc.constantFrom(...suffixes))
  .map(([[whole, fraction], suffix]) => `${whole}${fraction === undefined ? '' : `.${fraction}`}${suffix}`);

/** The API server keeps no resource finer than a thousandth. */
const roundUpToMilli = (quantity: Quantity): Quantity => ({
  ...quantity,
  nano: toMilliUnits(quantity) * 1_000_000n,
});

describe('quantities, against a real API server', () => {
  const cluster = useCluster();
  const ask = (hard: Record<string, string>) =>
    createApiServerClient(cluster.kubeconfig)('POST', path, {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'quantities' },
      spec: { hard },
    });

  it('are the same amount, and printed the same, in 500 cases', async () => {
    const five = fc.tuple(quantities, quantities, quantities, quantities, quantities);
    await fc.assert(
      fc.asyncProperty(five, async (texts) => {
        const { body } = await ask(
          Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '0'])),
        );
        const hard = new Map(Object.entries((body.spec?.['hard'] ?? {}) as Record<string, string>));
        for (const [index, text] of texts.entries()) {
          const theirs = hard.get(names[index] ?? '') ?? '';
          const ours = roundUpToMilli(toQuantity(text));
          expect(toQuantity(theirs).nano, text).to.equal(ours.nano);
          // What looks canonical to Kubernetes it gives back as it came: 1.500, 1E6. Everything else has one form, which
          // the API server reads once more and may then find a shorter one for: 93.75Ki, 96000, 96k.
          const printed = formatQuantity(ours);
          if (theirs !== text)
            expect([printed, formatQuantity(toQuantity(printed))], text).to.include(theirs);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('are refused by both or by neither in 200 cases', async () => {
    // Blanks around a quantity the API server strips where it reads one from JSON; CEL and we refuse them.
    const strange = fc
      .tuple(
        fc.constantFrom('', '+', '-', '--'),
        digits(4),
        fc.constantFrom('', '.', '.5', '..5', ',5'),
        fc.constantFrom(...strangeSuffixes),
      )
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(strange, async (text) => {
        const { status, body } = await ask({ 'requests.cpu': text });
        const ours = parseQuantity(text);
        const isNegative = ours.ok && ours.quantity.nano < 0n;
        expect({ ok: ours.ok && !isNegative, why: body.message }, text).to.deep.equal({
          ok: status === 201,
          why: body.message,
        });
      }),
      { numRuns: 200 },
    );
  });
});
