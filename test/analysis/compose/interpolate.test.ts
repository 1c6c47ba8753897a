import { expect } from 'chai';
import { interpolate, InterpolationError } from '../../../src/analysis/compose/interpolate.ts';

const variables = new Map([
  ['NAME', 'shop'],
  ['EMPTY', ''],
  ['DB_PASSWORD', 'hunter2'],
]);

const results: Record<string, [string, string]> = {
  'a plain variable': ['$NAME', 'shop'],
  'a braced variable': ['a-${NAME}-b', 'a-shop-b'],
  'an unset variable is empty': ['x${NOPE}y', 'xy'],
  'a default for an empty one': ['${EMPTY:-d}', 'd'],
  'no default for an empty one without colon': ['${EMPTY-d}', ''],
  'a default for an unset one': ['${NOPE-d}', 'd'],
  'a replacement where it is set': ['${NAME:+r}', 'r'],
  'no replacement where it is empty': ['${EMPTY:+r}', ''],
  'a replacement where it is empty but set': ['${EMPTY+r}', 'r'],
  'nested defaults': ['${NOPE:-${ALSO:-${NAME}}}', 'shop'],
  'a brace inside a nested default': ['${NOPE:-a${NAME}b}c', 'ashopbc'],
  'a demanded one that is set': ['${NAME:?why}', 'shop'],
  'an escaped dollar': ['$$NAME $${NAME}', '$NAME ${NAME}'],
  'a dollar before nothing that is a name': ['5$ $1', '5$ $1'],
  'a secret by reference': ['--p=${DB_PASSWORD}', '--p=$(DB_PASSWORD)'],
  'a secret default by reference': ['${API_TOKEN:-abc}', '$(API_TOKEN)'],
};

const faults: Record<string, string> = {
  'a brace that is never closed': '${NAME',
  'no name': '${}',
  'a name that begins with a digit': '${1A}',
  'an operator of another shell': '${NAME/a/b}',
};

describe('interpolate', () => {
  for (const [title, [text, expected]] of Object.entries(results))
    it(title, () => expect(interpolate(text, variables).text).to.equal(expected));
  for (const [title, text] of Object.entries(faults))
    it(`refuses ${title}`, () => expect(() => interpolate(text, variables)).to.throw(InterpolationError));
  it('names what has no value and what is demanded', () => {
    const { missing, demanded } = interpolate('$A ${B:?say why}', variables);
    expect(missing).to.deep.equal(['A', 'B']);
    expect(demanded).to.deep.equal(['B']);
  });
});
