// Label selectors as text, against what the API server's own parser makes of them, and against a naive reading.
import { expect } from 'chai';
import fc from 'fast-check';
import { DorguError } from '../../src/api/errors.ts';
import { parseSelector } from '../../src/workload/parse-selector.ts';
import { matchesSelector } from '../../src/workload/selector.ts';

type Labels = Record<string, string>;
const matches = (text: string, labels: Labels) =>
  matchesSelector(parseSelector(text), new Map(Object.entries(labels)));

describe('a label selector as text', () => {
  const shop = { app: 'shop', tier: 'critical', 'dorgu.io/team': 'blue', empty: '', size: '10' };
  const readings: Record<string, [selects: string[], leaves: string[]]> = {
    'selects everything where it is empty': [['', '  '], []],
    'compares with =, == and !=': [
      ['app=shop', 'app==shop', 'app != cart', 'missing!=x', ' app = shop '],
      ['app=cart', 'app!=shop', 'missing=x'],
    ],
    'takes the empty value': [['empty=', 'empty==', 'app!=', 'empty in (,x)'], ['app=']],
    'joins by comma': [
      ['app=shop,tier=critical', 'app,!other'],
      ['app=shop,tier=low', '!app,tier'],
    ],
    'knows sets': [
      ['app in (shop,cart)', 'app notin (cart)', 'missing notin (x)', 'tier in ( critical )', 'app in(shop)'],
      ['app in (cart)', 'app notin (shop,cart)', 'missing in (x)'],
    ],
    'asks whether a label is there': [
      ['app', '!missing', '! missing', 'dorgu.io/team=blue'],
      ['missing', '!app'],
    ],
    'compares numbers': [
      ['size>9', 'size < 11'],
      ['size>10', 'size<10', 'app>1', 'missing<1'],
    ],
  };
  for (const [title, [selects, leaves]] of Object.entries(readings))
    it(title, () => {
      for (const text of selects) expect(matches(text, shop), text).to.equal(true);
      for (const text of leaves) expect(matches(text, shop), text).to.equal(false);
    });

  const refused = [
    ...[
      ',',
      'a,',
      ',a',
      'a,,b',
      '=',
      '=a',
      '!',
      '!!a',
      'a=b=c',
      'a==b==c',
      '!a=b',
      'a b',
      'a in',
      'a in b',
      'a in ()',
    ],
    ...[
      'a in (b',
      'a in (b c)',
      'a notin',
      'a>',
      'a>x',
      'a>-1',
      'a>9223372036854775808',
      'a=(b)',
      'a)',
      '(a)',
      'a!b',
    ],
    ...[
      '-a=b',
      'a=-b',
      'a/b/c=d',
      '/a',
      'A.B/c',
      'a/',
      'a=b\u0000',
      'ä=b',
      'a=😀',
      `a=${'x'.repeat(64)}`,
      'x'.repeat(64),
    ],
    `${'x'.repeat(254)}/a`,
  ];
  for (const text of refused)
    it(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => {
      expect(() => parseSelector(text))
        .to.throw(DorguError, /^label selector .*expected .* at character \d+, found /)
        .with.property('code', 'SelectorInvalid');
    });

  it('reads any text, or refuses it, in no time', () => {
    const piece = fc.constantFrom(
      'a',
      'in',
      'notin',
      '(',
      ')',
      ',',
      '=',
      '!',
      '!=',
      '==',
      ' ',
      '>',
      '<',
      '7',
      'x/y',
      '\t',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        try {
          parseSelector(pieces.join(''));
        } catch (error) {
          if (!(error instanceof DorguError)) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('selects what a naive reading of its terms selects', () => {
    const key = fc.constantFrom('a', 'b', 'in', 'example.com/c');
    const value = fc.constantFrom('', 'x', 'y', '5', '12');
    const values = fc.array(value, { minLength: 1, maxLength: 3 });
    type Term = [text: string, isFulfilled: (found: string | undefined) => boolean];
    const term: fc.Arbitrary<[string, Term[1], string]> = fc.oneof(
      fc
        .tuple(key, value)
        .map(([k, v]) => [`${k}=${v}`, (found: string | undefined) => found === v, k] as const),
      fc
        .tuple(key, value)
        .map(([k, v]) => [`${k}!= ${v}`, (found: string | undefined) => found !== v, k] as const),
      fc
        .tuple(key, values)
        .map(
          ([k, v]) =>
            [
              `${k} in (${v.join(', ')})`,
              (found: string | undefined) => v.some((one) => one === found),
              k,
            ] as const,
        ),
      fc
        .tuple(key, values)
        .map(
          ([k, v]) =>
            [
              `${k} notin (${v.join()})`,
              (found: string | undefined) => !v.some((one) => one === found),
              k,
            ] as const,
        ),
      key.map((k) => [k, (found: string | undefined) => found !== undefined, k] as const),
      key.map((k) => [`!${k}`, (found: string | undefined) => found === undefined, k] as const),
      key.map((k) => [`${k}>7`, (found: string | undefined) => Number(found || NaN) > 7, k] as const),
    ) as fc.Arbitrary<[string, Term[1], string]>;
    const labels = fc.dictionary(key, value);
    fc.assert(
      fc.property(fc.array(term, { maxLength: 4 }), labels, (terms, found) => {
        // `a in (,)` is fine, `a in ()` is not: one empty value cannot be written alone.
        fc.pre(!terms.some(([text]) => text.endsWith('()')));
        const expected = terms.every(([, isFulfilled, k]) =>
          isFulfilled(Object.hasOwn(found, k) ? found[k] : undefined),
        );
        expect(matches(terms.map(([text]) => text).join(','), found)).to.equal(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
