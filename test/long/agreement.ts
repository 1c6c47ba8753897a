// `node test/long/agreement.ts [WORLDS] [SEED]`: every agreement of webhook, controller, check and impact on each of so many random worlds (100,000), in
// slices of 10,000, each with a seed that repeats it: `node test/long/agreement.ts 10000 SEED`. Ends with 1 at the first disagreement, shrunk.
import fc from 'fast-check';
import { agreements, question, type Question } from '../agreement/agreements.ts';

const [worlds = 100_000, firstSeed = Date.now() % 1_000_000_000] = process.argv.slice(2).map(Number);
const sliceSize = 10_000;

// One world is judged by all of them before the next is made: what it takes to hold it is paid once.
async function assertAll(asked: Question): Promise<void> {
  for (const [title, assertAgreement] of Object.entries(agreements)) {
    try {
      await assertAgreement(asked);
    } catch (error) {
      throw new Error(`they disagree: ${title}`, { cause: error });
    }
  }
}

for (let done = 0, seed = firstSeed; done < worlds; done += sliceSize, seed += 1) {
  const numRuns = Math.min(sliceSize, worlds - done);
  const startedAt = process.cpuUsage();
  await fc.assert(fc.asyncProperty(question, assertAll), { numRuns, seed, includeErrorInReport: true });
  const { user, system } = process.cpuUsage(startedAt);
  console.log(`seed ${seed}: ${numRuns} worlds, all agree, ${((user + system) / 1e6).toFixed(0)} s of CPU`);
}
