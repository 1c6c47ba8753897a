// The reporter of every test run: mocha's own screen, then the one line that CI reads.
import Mocha from 'mocha';

/** Prints what mocha's `dot` reporter prints, then `N passed, N failed` (and skipped, if any) alone on the last line. */
export default class ClosingLineReporter extends Mocha.reporters.Dot {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once('end', () => {
      const { passes = 0, failures = 0, pending = 0 } = this.stats as Partial<Mocha.Stats>;
      const skipped = pending > 0 ? `, ${pending} skipped` : '';
      console.log(`${passes} passed, ${failures} failed${skipped}`);
    });
  }
}
