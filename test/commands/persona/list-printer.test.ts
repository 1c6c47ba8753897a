// What `persona list` prints of objects that nobody can trust, and of pages that come one after the other.
import { expect } from 'chai';
import { createListPrinter } from '../../../src/commands/persona/list/list-printer.ts';
import { createPersona } from './persona-objects.ts';

const now = new Date('2026-01-03T00:00:00Z');
const look = { hasNamespace: false, hasHeadings: true, now };

describe('the rows of persona list', () => {
  it('show what a terminal would obey, and a dash for what is of the wrong type', () => {
    const print = createListPrinter({ kind: 'people', isWide: true }, look);
    const persona = {
      ...createPersona('shop', { spec: { tier: 7, ownership: { team: 'a\x1b[2J\u202eb\nc' } } }),
      status: { phase: { deep: 1 }, conditions: 'none' },
    };
    const text = print([persona]);
    expect(text).not.to.match(/[^\n\P{Cc}]|\p{Cf}/u);
    expect(text.split('\n')[1]!.split(/ {2,}/)).to.deep.equal([
      ...['shop', 'api', '-', '-', '-', '-', '-', '-', 'a\\x1b[2J\\u202eb\\nc', '-'],
    ]);
  });

  it('have one heading over all pages, and nothing for an empty page', () => {
    const print = createListPrinter({ kind: 'people', isWide: false }, look);
    const aged = {
      ...createPersona('b'),
      metadata: { name: 'b', creationTimestamp: '2026-01-01T00:00:00Z' },
    };
    const pages = [print([]), print([createPersona('a-long-name')]), print([]), print([aged])];
    expect(pages[0]).to.equal('');
    expect(pages[1]).to.match(/^NAME {9}TYPE .*\na-long-name {2}api /);
    expect(pages[2]).to.equal('');
    expect(pages[3]).to.match(/^b {12}api .* 2d\n$/);
  });
});
