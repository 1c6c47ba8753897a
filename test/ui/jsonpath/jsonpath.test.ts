// JSONPath templates where no cluster is needed: hostile ones, hostile documents, paths to sort by.
import { expect } from 'chai';
import fc from 'fast-check';
import { DorguError } from '../../../src/api/errors.ts';
import { createPath, createTemplate, type JsonValue } from '../../../src/ui/jsonpath/jsonpath.ts';
import { persona, refused, templates } from './documents.ts';

const run = (template: string, document: JsonValue = persona) => createTemplate(template).format(document);

const answers: Record<string, [template: string, expected: string]> = {
  'an expression without braces is one': ['.metadata.name', 'shop'],
  'an expression without braces may index': ['.spec.dependencies[1].name', 'cache'],
  'a dollar begins one, too': ['$.kind', 'ApplicationPersona'],
  'text without braces is text': ['metadata.name', 'metadata.name'],
  'a key of the prototype is none': ['{.constructor}{.__proto__}{.metadata.toString}', ''],
  'null is printed': ['{.nothing}', 'null'],
  'null has nothing inside': ['{.nothing.more}{.nothing[*]}', ''],
  'large and tiny numbers are as Go has them': [
    '{.numbers}{.numbers[*]}',
    '[1e+21,0.00001,1.5]1e+21 1e-05 1.5',
  ],
  'keys are sorted and HTML is escaped': ['{.html}', String.raw`{"a":"\u0026","b":"\u003cb\u003e"}`],
};

describe('a JSONPath template', () => {
  const document = {
    ...persona,
    nothing: null,
    numbers: [1e21, 0.00001, 1.5],
    html: { b: '<b>', a: '&' },
  };
  for (const [sentence, [template, expected]] of Object.entries(answers)) {
    it(sentence, () => expect(run(template, document)).to.equal(expected));
  }

  it('prints values as JSON where that is asked', () => {
    const text = createTemplate('{.spec.dependencies[*].name}').formatAsJson(persona);
    expect(text).to.equal('[\n    "db",\n    "cache",\n    "mail"\n]\n');
  });

  it('ends with a usage error where it cannot be read, and an invalid one where it does not fit', () => {
    const kinds = refused.map((template) => {
      try {
        run(template);
      } catch (error) {
        expect(error).to.be.instanceOf(DorguError);
        return (error as DorguError).kind;
      }
      return 'taken';
    });
    expect(new Set(kinds)).to.deep.equal(new Set(['usage', 'invalid']));
  });

  const explosions: Record<string, string> = {
    'descents upon descents': '{..*..*..*..*..*..*..*..*}',
    'ranges that never end': '{range .x}'.repeat(1000),
    'ranges over everything': '{range ..}'.repeat(60),
    'unions of unions': `{${'[0,0,0,0,0,0,0,0,0,0]'.repeat(30)}}`,
    'more text than anybody types': 'x'.repeat(100_000),
  };
  for (const [sentence, template] of Object.entries(explosions)) {
    it(`ends soon for ${sentence}`, () => {
      let nested: JsonValue = [];
      for (let depth = 0; depth < 40; depth += 1) nested = [nested, nested.length === 0 ? 'x' : 1];
      const startedAt = performance.now();
      try {
        run(template, { x: nested, ...persona });
        run(template, nested);
      } catch (error) {
        expect(error).to.be.instanceOf(DorguError);
      }
      expect(performance.now() - startedAt).to.be.lessThan(4000);
    });
  }

  it('refuses a document that nobody could nest by hand', () => {
    let deep: JsonValue = 'x';
    for (let depth = 0; depth < 20_000; depth += 1) deep = [deep];
    expect(() => run('{..a}', deep)).to.throw(DorguError, /nested deeper/);
    expect(() => run('{}', deep)).to.throw(DorguError, /nested too deep/);
  });

  it('takes any template with an answer or an error of ours', () => {
    const piece = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        '.',
        '..',
        '*',
        '?(',
        ')',
        '@',
        '$',
        '"',
        "'",
        '\\',
        ',',
        ':',
        '-1',
        '0',
        '==',
        '<',
      ],
      ...[
        'range ',
        'end',
        'name',
        'spec',
        'metadata',
        ' ',
        '\n',
        'true',
        '\u202e',
        '__proto__',
        '9999999999',
      ],
    );
    const mutated = fc
      .tuple(fc.constantFrom(...templates, ...refused), fc.nat(60), fc.nat(6), piece)
      .map(([text, at, length, inserted]) => text.slice(0, at) + inserted + text.slice(at + length));
    const random = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.oneof(mutated, random), fc.jsonValue(), (template, json) => {
        for (const value of [persona, json as JsonValue]) {
          try {
            expect(run(template, value)).to.be.a('string');
          } catch (error) {
            expect(error, template).to.be.instanceOf(DorguError);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a path to sort by', () => {
  for (const path of ['.metadata.name', 'metadata.name', '{.metadata.name}', '{metadata.name}']) {
    it(`may be ${path}`, () => expect(createPath(path)(persona)).to.deep.equal(['shop']));
  }
  it('finds nothing where there is nothing', () =>
    expect(createPath('.status.phase')(persona)).to.deep.equal([]));
  it('may not be a template', () => {
    expect(() => createPath('{.a}{.b}')).to.throw(DorguError, /expected a path/);
    expect(() => createPath('')).to.throw(DorguError, /expected a path/);
  });
});
