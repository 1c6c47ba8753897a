// What reaches a terminal: nothing harmful, aligned whatever the script, coloured only where wanted.
import { expect } from 'chai';
import fc from 'fast-check';
import { isColourWanted } from '../../src/ui/colour.ts';
import { escapeLines, escapeText } from '../../src/ui/escape.ts';
import { createPalette } from '../../src/ui/palette.ts';
import { createProgress } from '../../src/ui/progress.ts';
import { formatStructured } from '../../src/ui/structured.ts';
import { createSymbols } from '../../src/ui/symbols.ts';
import { formatTable } from '../../src/ui/table.ts';
import { formatUnifiedDiff } from '../../src/ui/unified-diff.ts';
import { measureWidth } from '../../src/ui/width.ts';
import { parse } from 'yaml';

describe('escaping', () => {
  const cases: Record<string, [foreign: string, shown: string]> = {
    'shows a colour sequence': ['\x1b[31mred', '\\x1b[31mred'],
    'shows a line break, so that nobody can add a line': ['a\nhint: b', 'a\\nhint: b'],
    'shows what turns text around': ['evil\u202egpj', 'evil\\u202egpj'],
    'shows what cannot be seen': ['a\u200bb\ufeff', 'a\\u200bb\\ufeff'],
    'shows eight-bit control characters': ['\x9b31m', '\\x9b31m'],
    'shows tags beyond the basic plane': ['\u{e0041}', '\\u{e0041}'],
    'leaves umlauts, Chinese and emoji alone': ['Lädchen 店铺 🛒', 'Lädchen 店铺 🛒'],
  };
  for (const [title, [foreign, shown]] of Object.entries(cases)) {
    it(title, () => expect(escapeText(foreign)).to.equal(shown));
  }

  it('leaves nothing that a terminal obeys, in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeText(text)).not.to.match(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(escapeLines(text).replaceAll('\n', '').replaceAll('\t', '')).not.to.match(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});

describe('a table', () => {
  it('aligns scripts of every width, and ends no line in blanks', () => {
    const lines = formatTable(
      [{ heading: 'NAME' }, { heading: 'COUNT', align: 'right' }, { heading: 'NOTE' }],
      [
        ['店铺', '7', 'wide'],
        ['Lädchen', '1234567', undefined],
        ['cafe\u0301', '', 'combined'],
      ],
    );
    expect(lines).to.deep.equal([
      'NAME       COUNT  NOTE',
      '店铺           7  wide',
      'Lädchen  1234567  -',
      'cafe\u0301           -  combined',
    ]);
  });

  it('escapes its cells', () => {
    expect(formatTable([{ heading: 'A' }], [['\x1b[2J\n']])).to.deep.equal(['A', '\\x1b[2J\\n']);
  });

  it('can do without headings', () => {
    expect(
      formatTable([{ heading: 'LONG' }, { heading: 'B' }], [['a', 'b']], { hasHeadings: false }),
    ).to.deep.equal(['a  b']);
  });

  it('keeps its columns apart, whatever is in them', () => {
    const cell = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell)), (rows) => {
        const lines = formatTable(
          [{ heading: 'A' }, { heading: 'B' }],
          rows.map(([left, right]) => [left, `|${right}`]),
        );
        // The second column starts at the same place in each line.
        const starts = lines.slice(1).map((line, index) => {
          const second = escapeText(`|${rows[index]![1]}`).trimEnd();
          return measureWidth(line.slice(0, line.length - second.length));
        });
        expect(new Set(starts).size).to.be.at.most(1);
      }),
    );
  });
});

describe('colour', () => {
  const cases: Record<
    string,
    [
      mode: 'auto' | 'always' | 'never' | undefined,
      isTty: boolean,
      env: Record<string, string>,
      wanted: boolean,
    ]
  > = {
    'is for terminals': [undefined, true, {}, true],
    'is not for pipes': ['auto', false, {}, false],
    'is what the flag says, over everything': ['always', false, { NO_COLOR: '1', TERM: 'dumb' }, true],
    'is off where the flag says never': ['never', true, { FORCE_COLOR: '1' }, false],
    'is off with NO_COLOR': ['auto', true, { NO_COLOR: '1' }, false],
    'is off with NO_COLOR over FORCE_COLOR': ['auto', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    'does not mind an empty NO_COLOR': ['auto', true, { NO_COLOR: '' }, true],
    'is on in a pipe with FORCE_COLOR': ['auto', false, { FORCE_COLOR: '1' }, true],
    'is off with FORCE_COLOR=0': ['auto', true, { FORCE_COLOR: '0' }, false],
    'is off on a dumb terminal': ['auto', true, { TERM: 'dumb' }, false],
  };
  for (const [title, [mode, isTty, env, wanted]] of Object.entries(cases)) {
    it(title, () => expect(isColourWanted({ mode, isTty, env })).to.equal(wanted));
  }
});

describe('symbols', () => {
  it('are ASCII where the locale is', () => {
    expect(createSymbols({ LANG: 'de_DE.UTF-8' }, 'linux').ellipsis).to.equal('…');
    expect(createSymbols({ LANG: 'de_DE.UTF-8', LC_ALL: 'C' }, 'linux').ellipsis).to.equal('...');
    expect(createSymbols({}, 'linux').full).to.equal('#');
    expect(createSymbols({}, 'win32').full).to.equal('█');
  });
});

describe('progress', () => {
  const watch = (isTTY: boolean, times: number[]) => {
    const written: string[] = [];
    const clock = [...times];
    const progress = createProgress(
      { write: (text: string) => written.push(text), isTTY, columns: 20 },
      { now: () => clock.shift() ?? 0 },
    );
    return { progress, written };
  };

  it('says nothing about what is over within a second', () => {
    const { progress, written } = watch(true, [0, 500, 999]);
    progress.update('a');
    progress.update('b');
    progress.stop();
    expect(written).to.deep.equal([]);
  });

  it('shows one line after that, within the window, and takes it away', () => {
    const { progress, written } = watch(true, [0, 1500, 1550, 1700]);
    for (const text of ['reading \x1b[31m', 'too soon', 'a text that is longer than the window'])
      progress.update(text);
    progress.stop();
    expect(written).to.deep.equal(['\r\x1b[Kreading \\x1b[31m', '\r\x1b[Ka text that is long', '\r\x1b[K']);
  });

  it('says nothing in a pipe', () => {
    const { progress, written } = watch(false, [0, 5000]);
    progress.update('a');
    progress.stop();
    expect(written).to.deep.equal([]);
  });
});

describe('a difference', () => {
  it('reads as diff -u does', () => {
    expect(formatUnifiedDiff('k8s/a.yaml', 'a\nb\nc\n', 'a\nB\nc\n')).to.equal(
      '--- a/k8s/a.yaml\n+++ b/k8s/a.yaml\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n',
    );
  });
  it('names no file where there is none', () => {
    expect(formatUnifiedDiff('a', undefined, 'x\n')).to.equal(
      '--- /dev/null\n+++ b/a\n@@ -0,0 +1,1 @@\n+x\n',
    );
    expect(formatUnifiedDiff('a', 'x\n', undefined)).to.contain('+++ /dev/null\n');
  });
  it('is nothing for equal texts', () => expect(formatUnifiedDiff('a', 'x', 'x')).to.equal(''));
  it('escapes what it shows', () => expect(formatUnifiedDiff('a', '', '\x1b[2J\n')).to.contain('+\\x1b[2J'));
  it('colours what came and went', () => {
    const text = formatUnifiedDiff('a', 'x\n', 'y\n', createPalette(true));
    expect(text).to.contain('\x1b[31m-x\x1b[39m').and.contain('\x1b[32m+y\x1b[39m');
  });
});

describe('a document', () => {
  it('holds the same in JSON and YAML', () => {
    const value = { a: [1, '1', 'yes', null], b: { c: 'x: y\n', d: undefined }, e: '2026-01-01' };
    const plain: unknown = JSON.parse(formatStructured(value, 'json'));
    expect(parse(formatStructured(value, 'yaml'))).to.deep.equal(plain);
    expect(plain).to.deep.equal({ a: [1, '1', 'yes', null], b: { c: 'x: y\n' }, e: '2026-01-01' });
  });
});
