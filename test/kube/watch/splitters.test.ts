// Bytes into lines and items, wherever the network cuts them.
import { expect } from 'chai';
import fc from 'fast-check';
import { createLineSplitter, LineTooLong } from '../../../src/kube/watch/line-splitter.ts';
import { createListSplitter } from '../../../src/kube/watch/list-splitter.ts';

/** The bytes of a text in pieces of these lengths, again and again. */
function* cut(text: string, lengths: readonly number[]): Generator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] ?? 1;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });
const text = fc.string({ unit: 'binary' });

describe('the line splitter', () => {
  const split = (chunks: Iterable<Buffer>, maxLineBytes = 1000) => {
    const lines: string[] = [];
    const splitter = createLineSplitter(maxLineBytes, (line) => lines.push(line));
    for (const chunk of chunks) splitter.push(chunk);
    return lines;
  };

  it('gives the same lines however they are cut, code points included', () => {
    fc.assert(
      fc.property(fc.array(text), lengths, (texts, pieces) => {
        const lines = texts.map((one) => JSON.stringify(one));
        expect(split(cut(lines.map((line) => `${line}\n`).join(''), pieces))).to.deep.equal(lines);
      }),
    );
  });

  it('passes over empty lines, and keeps half a line to itself', () => {
    expect(split([Buffer.from('\n\na\n\nb')])).to.deep.equal(['a']);
  });

  it('takes lines up to its limit, and throws for longer ones before they are whole', () => {
    expect(split([Buffer.from('x'.repeat(10)), Buffer.from('\n')], 10)).to.deep.equal(['x'.repeat(10)]);
    for (const chunks of [['x'.repeat(11)], ['x'.repeat(11) + '\n'], ['xxxxxx', 'xxxxx\n']])
      expect(() =>
        split(
          chunks.map((chunk) => Buffer.from(chunk)),
          10,
        ),
      ).to.throw(LineTooLong);
  });
});

describe('the list splitter', () => {
  const split = (chunks: Iterable<Buffer>, maxItemBytes = 100_000) => {
    const items: unknown[] = [];
    const splitter = createListSplitter(maxItemBytes, (json) => items.push(JSON.parse(json)));
    for (const chunk of chunks) splitter.push(chunk);
    return { items, envelope: splitter.end() };
  };
  const hostile = fc.dictionary(
    fc.oneof(text, fc.constant('items')),
    fc.oneof(text, fc.constant('"items":['), fc.jsonValue()),
  );

  it('gives all items and what stands around them, in any order of keys, however they are cut', () => {
    const list = fc.tuple(fc.array(hostile), fc.jsonValue(), fc.boolean());
    fc.assert(
      fc.property(list, lengths, fc.boolean(), ([items, metadata, isFirst], pieces, isPretty) => {
        const envelope = { kind: 'List', metadata, other: ['"items":', { items: [1] }] };
        const whole = isFirst ? { items, ...envelope } : { ...envelope, items };
        const found = split(cut(JSON.stringify(whole, null, isPretty ? 2 : undefined), pieces));
        expect(found.items).to.deep.equal(JSON.parse(JSON.stringify(items)));
        expect(found.envelope).to.deep.equal(JSON.parse(JSON.stringify({ ...envelope, items: [] })));
      }),
    );
  });

  it('lets items go that are no objects', () => {
    expect(split([Buffer.from('{"items":[null,{"a":1},7,{"b":[{}]},"x"]}')]).items).to.deep.equal([
      { a: 1 },
      { b: [{}] },
    ]);
  });

  it('takes a list without items', () => {
    for (const json of ['{"items":null,"metadata":{}}', '{"metadata":{}}', '{"items":[],"metadata":{}}'])
      expect(split([Buffer.from(json)])).to.have.nested.property('items.length', 0);
  });

  it('throws for an item beyond the limit before it is whole, and for what is no list at the end', () => {
    expect(() => split([Buffer.from(`{"items":[{"a":"${'x'.repeat(200)}`)], 100)).to.throw(LineTooLong);
    for (const json of ['', '{"items":[{}', '<html>', '{"items":[]'])
      expect(() => split([Buffer.from(json)])).to.throw(SyntaxError);
  });

  it('never throws anything else, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\ items1'.split('')) }), (json) => {
        try {
          split([Buffer.from(json)]);
        } catch (error) {
          expect(error).to.be.instanceOf(SyntaxError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
