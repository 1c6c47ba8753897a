// What the documents say about errors is what the program does.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { errorAreas } from '../../src/api/error-codes.ts';
import type { ErrorEntry } from '../../src/api/error-codes/error-entry.ts';
import { EXIT_CODES, exitCodeMeanings, exitCodeOfKind } from '../../src/commands/exit-codes.ts';

const root = resolve(import.meta.dirname, '../..');

/** The cells of a document's table rows that begin with a number or a code. */
function rowsOf(path: string, first: RegExp): string[][] {
  return readFileSync(join(root, path), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll('\\|', '|')),
    )
    .filter(([cell = '']) => first.test(cell));
}

describe('the documents about errors', () => {
  for (const path of ['README.md', 'docs/reference/errors.md'])
    it(`${path} has every exit code with its meaning`, () => {
      const names = Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[];
      const expected = names.map((name) => [String(EXIT_CODES[name]), exitCodeMeanings[name]]);
      expect(rowsOf(path, /^\d+$/)).to.deep.equal(expected);
    });

  it('the page of errors has every code of the catalogue, with its exit code', () => {
    const areas: readonly Readonly<Record<string, ErrorEntry>>[] = Object.values(errorAreas);
    const expected = areas.flatMap((entries) =>
      Object.entries(entries).map(([code, { kind, when, remedy }]) => [
        `\`${code}\``,
        String(exitCodeOfKind(kind)),
        when,
        remedy,
      ]),
    );
    expect(rowsOf('docs/reference/errors.md', /^`[A-Z]/)).to.deep.equal(expected);
  });
});
