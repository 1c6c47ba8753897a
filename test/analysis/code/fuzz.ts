// The property that every language's analyser has to keep: foreign bytes give claims with evidence, never an exception, in linear time.
import { expect } from 'chai';
import fc from 'fast-check';
import type { Analyser } from '../../../src/analysis/analyser.ts';
import type { RootFinder } from '../../../src/analysis/discovery/root.ts';
import { createMemoryScope, createMemoryTree } from '../memory-tree.ts';
import type { Files } from './claims-of.ts';

const NASTY = [
  '__proto__',
  'constructor',
  '\u0000',
  '\u202e',
  '\x1b[31m',
  '${',
  '}}}',
  '(((',
  '"""',
  "'",
  '/*',
  '\n',
  '\\',
  '-r ',
  '<!ENTITY',
  '[[',
  '&a *a',
];

/** Runs an analyser and its root finder over mutations of these files. */
export function checkMutations(analyser: Analyser, finder: RootFinder, files: Files, numRuns = 150): void {
  const names = Object.keys(files);
  const mutation = fc.record({
    file: fc.constantFrom(...names),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat({ max: 40 }),
    insert: fc.oneof(fc.constantFrom(...NASTY), fc.string({ maxLength: 8 }), fc.constant('')),
    repeat: fc.integer({ min: 1, max: 30 }),
  });
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
      const mutated: Record<string, string> = { ...files };
      for (const { file, at, cut, insert, repeat } of mutations) {
        const text = mutated[file] ?? '';
        const from = Math.floor(at * text.length);
        mutated[file] = text.slice(0, from) + insert.repeat(repeat) + text.slice(from + cut);
      }
      finder.find(createMemoryTree(mutated));
      expectEvidence(analyser, mutated);
    }),
    { numRuns },
  );
}

function expectEvidence(analyser: Analyser, files: Files): void {
  const claims = analyser.analyse(createMemoryScope(files));
  for (const [key, facts] of Object.entries(claims))
    for (const fact of facts as { evidence: { file: string; line?: number }[] }[]) {
      expect(fact.evidence, key).not.to.be.empty;
      for (const { file, line } of fact.evidence) {
        expect(Object.keys(files), key).to.include(file);
        if (line !== undefined) expect(line).to.be.within(1, (files[file] ?? '').split('\n').length);
      }
    }
}

/** Milliseconds that an analyser needs for a file of a line repeated to about this many characters. */
export function timeOf(
  analyser: Analyser,
  file: string,
  line: string,
  characters: number,
  others: Files = {},
): number {
  const text = line.repeat(Math.ceil(characters / line.length));
  const scope = createMemoryScope({ ...others, [file]: text });
  const started = performance.now();
  analyser.analyse(scope);
  return performance.now() - started;
}
