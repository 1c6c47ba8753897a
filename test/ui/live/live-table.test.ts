// The live table fits every window, and says the same with and without colour.
import { expect } from 'chai';
import fc from 'fast-check';
import { formatLiveTable, type LiveHeading, type LiveRow } from '../../../src/ui/live/live-table.ts';
import { createPalette } from '../../../src/ui/palette.ts';
import { measureWidth } from '../../../src/ui/width.ts';

const plain = { palette: createPalette(false), ellipsis: '…' };
const headings: LiveHeading[] = [
  { heading: 'NAME', importance: Infinity },
  { heading: 'PHASE', importance: Infinity, least: 8 },
  { heading: 'READY', importance: 2 },
  { heading: 'ISSUES', importance: 1 },
];
const row = (texts: readonly (string | undefined)[], note = ''): LiveRow => ({
  cells: texts.map((text) => ({ text })),
  note,
});

describe('the live table', () => {
  const cases: Record<string, [width: number, rows: LiveRow[], lines: string[]]> = {
    'aligns columns, and puts the note after them': [
      60,
      [row(['shop', 'Degraded', 'False', '1E'], 'rollout: 2 of 3'), row(['billing', 'Active', 'True', ''])],
      [
        'NAME     PHASE     READY  ISSUES',
        'shop     Degraded  False  1E      rollout: 2 of 3',
        'billing  Active    True   -',
      ],
    ],
    'leaves room for what a column holds at times': [
      60,
      [row(['a', 'Active', 'True', '-'])],
      ['NAME  PHASE     READY  ISSUES', 'a     Active    True   -'],
    ],
    'cuts a note': [
      46,
      [row(['shop', 'Degraded', 'False', '1E'], 'rollout: 2 of 3 updated')],
      ['NAME  PHASE     READY  ISSUES', 'shop  Degraded  False  1E      rollout: 2 of …'],
    ],
    'leaves out a note for which there is no room worth having': [
      36,
      [row(['shop', 'Degraded', 'False', '1E'], 'rollout: 2 of 3 updated')],
      ['NAME  PHASE     READY  ISSUES', 'shop  Degraded  False  1E'],
    ],
    'gives up the least important column first': [
      24,
      [row(['shop', 'Degraded', 'False', '1E'])],
      ['NAME  PHASE     READY', 'shop  Degraded  False'],
    ],
    'and cuts what is left where even that is too wide': [
      14,
      [row(['shop-of-the-world', 'Degraded', 'False', '1E'])],
      ['NAME   PHASE', 'shop…  Degr…'],
    ],
    'writes what a terminal would obey as text': [
      60,
      [row(['a\u001b[31mb', 'Active', '\u202e', 'x\ny'])],
      ['NAME        PHASE     READY   ISSUES', 'a\\x1b[31mb  Active    \\u202e  x\\ny'],
    ],
  };
  for (const [sentence, [width, rows, lines]] of Object.entries(cases))
    it(sentence, () => {
      const found = formatLiveTable(headings, rows, { width, ...plain });
      expect(found.map((line) => line.trimEnd())).to.deep.equal(lines);
    });

  it('reverses what is new and colours what is abnormal, each by itself', () => {
    const cells = [{ text: 'shop', isNew: true }, { text: 'Failed', tone: 'failing' as const }, {}, {}];
    const [, line] = formatLiveTable(headings, [{ cells: cells as LiveRow['cells'], note: '' }], {
      width: 80,
      palette: createPalette(true),
      ellipsis: '…',
    });
    expect(line).to.contain('\u001b[7mshop\u001b[27m').and.contain('\u001b[31mFailed\u001b[39m');
  });

  it('never is wider than the window', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.string({ unit: 'binary', maxLength: 30 }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 120 }),
        fc.array(fc.tuple(fc.array(text, { minLength: 4, maxLength: 4 }), text), { maxLength: 6 }),
        (width, rows) => {
          const lines = formatLiveTable(
            headings,
            rows.map(([texts, note]) => row(texts, note)),
            { width, ...plain },
          );
          expect(lines).to.have.length(rows.length + 1);
          for (const line of lines) expect(measureWidth(line)).to.be.at.most(width);
        },
      ),
    );
  });
});
