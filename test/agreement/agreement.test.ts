// Webhook, controller, check and impact agree: on random worlds, each asked as users ask it. DORGU_AGREEMENT_RUNS=10000 makes more of them,
// DORGU_AGREEMENT_SEED repeats one; test/long/agreement.ts asks all of it of 100,000 worlds.
import fc from 'fast-check';
import { agreements, question } from './agreements.ts';

const { DORGU_AGREEMENT_RUNS: runs = 300, DORGU_AGREEMENT_SEED: seed } = process.env;
const options = { numRuns: Number(runs), ...(seed === undefined ? {} : { seed: Number(seed) }) };

describe('on any world', function () {
  this.timeout(0);

  for (const [title, assertAgreement] of Object.entries(agreements))
    it(title, () =>
      fc.assert(
        fc.asyncProperty(question, async (asked) => assertAgreement(asked)),
        options,
      ),
    );
});
