// The promise of list and watch: whatever goes wrong on the way, in the end the cache is the server, every key was reconciled in its last
// state, nothing was lost and nothing invented. Kept in thousands of random courses of faults. DORGU_FAULT_SCHEDULES sets how many
// (10,000 before a release), DORGU_FAULT_SEED the first of them: a failure names its seed.
import { expect } from 'chai';
import { runSchedule } from './run-schedule.ts';

const count = Number(process.env['DORGU_FAULT_SCHEDULES'] ?? 2000);
const firstSeed = Number(process.env['DORGU_FAULT_SEED'] ?? Date.now() % 1_000_000_000);
/** Most of a schedule is waiting. */
const atOnce = 60;

describe('list, watch and queue', () => {
  it(`agree with the server after each of ${count} courses of faults`, async function () {
    this.timeout(60_000 + count * 100);
    const failures: string[] = [];
    let next = 0;
    const work = async () => {
      while (next < count && failures.length < 3) {
        const seed = firstSeed + next++;
        await runSchedule(seed).catch((error: unknown) => {
          const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
          failures.push(`DORGU_FAULT_SEED=${seed} DORGU_FAULT_SCHEDULES=1\n${told}`);
        });
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, count) }, work));
    expect(failures.join('\n\n')).to.equal('');
    expect(next).to.equal(count);
  });
});
