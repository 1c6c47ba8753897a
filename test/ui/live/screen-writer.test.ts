// What the writer writes, a terminal shows: whatever frames and sizes come one after the other.
import { expect } from 'chai';
import fc from 'fast-check';
import { createScreenWriter } from '../../../src/ui/live/screen-writer.ts';
import { cutPainted } from '../../../src/ui/width.ts';
import { createEmulator } from '../../terminal/emulator.ts';

/** Without the sequences of colours, as the emulator reads lines back. */
const sequence = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
const plain = (line: string) => line.replace(sequence, '').trimEnd();

const word = fc.oneof(
  fc.string({
    minLength: 1,
    maxLength: 12,
    unit: fc.constantFrom('a', 'b', 'X', '0', '9', ' ', '-', '/', '…', 'é'),
  }),
  fc.constantFrom('店舗', '\u001b[31mFailed\u001b[39m', '\u001b[7m2/3\u001b[27m', '한국어', ''),
);
const line = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ lines: fc.array(line, { maxLength: 14 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      columns: fc.integer({ min: 4, max: 60 }),
      rows: fc.integer({ min: 1, max: 12 }),
    }),
  },
);

describe('the screen writer', () => {
  it('makes a terminal show the lines, after any frames and resizes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        let size = { columns: 40, rows: 8 };
        const emulator = createEmulator(size.columns, size.rows);
        const writer = createScreenWriter();
        await emulator.write(writer.enter());
        let lines: readonly string[] = [];
        for (const next of steps) {
          if ('lines' in next) lines = next.lines;
          else {
            size = next;
            emulator.resize(size.columns, size.rows);
          }
          await emulator.write(writer.draw(lines, size));
          const expected = Array.from({ length: size.rows }, (_, row) =>
            plain(cutPainted(lines[row] ?? '', size.columns)),
          );
          expect(emulator.lines()).to.deep.equal(expected);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('writes the lines that differ, and nothing where none does', () => {
    const writer = createScreenWriter();
    const size = { columns: 20, rows: 4 };
    writer.enter();
    writer.draw(['a', 'b', 'c'], size);
    expect(writer.draw(['a', 'B', 'c'], size)).to.equal(
      '\u001b[?2026h\u001b[m\u001b[2;1H\u001b[KB\u001b[?2026l',
    );
    expect(writer.draw(['a', 'B', 'c'], size)).to.equal('');
    expect(writer.draw(['a', 'B'], size)).to.equal('\u001b[?2026h\u001b[m\u001b[3;1H\u001b[K\u001b[?2026l');
  });

  it('draws everything anew when somebody else may have written', () => {
    const writer = createScreenWriter();
    const size = { columns: 20, rows: 4 };
    writer.enter();
    const first = writer.draw(['a', 'b'], size);
    writer.invalidate();
    expect(writer.draw(['a', 'b'], size)).to.equal(first);
  });

  it('gives back what was there: lines, cursor, wrapping', async () => {
    const emulator = createEmulator(20, 4);
    await emulator.write('$ watch\r\n');
    const writer = createScreenWriter();
    await emulator.write(writer.enter());
    expect([emulator.isAlternate(), emulator.isCursorShown(), emulator.isWrapping()]).to.deep.equal([
      true,
      false,
      false,
    ]);
    await emulator.write(writer.draw(['\u001b[31mx', 'y'], { columns: 20, rows: 4 }));
    await emulator.write(writer.leave());
    expect([emulator.isAlternate(), emulator.isCursorShown(), emulator.isWrapping()]).to.deep.equal([
      false,
      true,
      true,
    ]);
    expect(emulator.lines()).to.deep.equal(['$ watch', '', '', '']);
    expect(emulator.cursor()).to.deep.equal({ column: 0, row: 1 });
    await emulator.write('z');
    expect(emulator.cells(1)[0]).to.deep.equal({ text: 'z', isReversed: false, colour: -1 });
  });
});
