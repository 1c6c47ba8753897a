// The picture of a live table: what stands out, what is left out, what stays.
import { expect } from 'chai';
import fc from 'fast-check';
import { chooseRows, formatHidden } from '../../../src/commands/watch/choose-rows.ts';
import { formatFrame } from '../../../src/commands/watch/frame.ts';
import { createHeldRows, type HeldRow } from '../../../src/commands/watch/held-rows.ts';
import { personaView } from '../../../src/commands/watch/views/personas.ts';
import type { PersonaItem } from '../../../src/protocol/items.ts';
import { createPalette } from '../../../src/ui/palette.ts';
import { measureWidth } from '../../../src/ui/width.ts';
import { createPersonaItem, toChange } from './items.ts';

const startMs = Date.parse('2026-11-23T10:00:00Z');
const columns = personaView.columns({ hasNamespace: true, isWide: false });

function play(items: readonly PersonaItem[], size = { columns: 100, rows: 10 }) {
  const rows = createHeldRows<'personas'>(columns, personaView.state);
  rows.take(items);
  const notices: string[] = [];
  const draw = (afterMs: number, isLast = false) =>
    formatFrame(rows.list(startMs + afterMs), {
      view: personaView,
      columns,
      nothing: 'No resources found in store namespace.',
      notices,
      size,
      palette: createPalette(false),
      ellipsis: '…',
      nowMs: startMs + afterMs,
      isLast,
    }).map((line) => line.trimEnd());
  return { rows, notices, draw };
}

const reversed = (text: string) => `\u001b[7m${text}\u001b[27m`;

describe('the picture of persona watch', () => {
  it('is that of screens.md', () => {
    const { draw } = play([
      createPersonaItem('billing', {
        replicas: '2/2',
        changedAt: '2026-11-23T07:00:00Z',
        argoCD: { sync: 'Synced', health: 'Healthy' },
      }),
      createPersonaItem('shop', {
        phase: 'Degraded',
        ready: 'False',
        replicas: '2/3',
        issues: { errors: 1, warnings: 2, infos: 0 },
        argoCD: { sync: 'Synced', health: 'Healthy' },
        changedAt: '2026-11-23T09:59:56Z',
        message: 'rollout: 2 of 3 updated',
      }),
    ]);
    expect(draw(0)).to.deep.equal([
      'NAMESPACE  NAME     PHASE     READY  REPLICAS  ISSUES  ARGO CD    CHANGED',
      'store      billing  Active    True   2/2       -       Synced     3h',
      'store      shop     Degraded  False  2/3       1E 2W   Synced     4s       rollout: 2 of 3 updated',
    ]);
    expect(draw(3000)[2]).to.contain('  7s  ');
  });

  it('reverses the cells that changed, for five seconds', () => {
    const { rows, draw } = play([createPersonaItem('shop')]);
    rows.change(
      toChange<'personas'>(
        'updated',
        createPersonaItem('shop', { phase: 'Failed' }),
        createPersonaItem('shop'),
      ),
      startMs,
    );
    expect(draw(0)[1]).to.equal(
      `store      shop  ${reversed('Failed')}    True   3/3       -       0s       was Active`,
    );
    rows.change(
      toChange<'personas'>(
        'updated',
        createPersonaItem('shop', { phase: 'Failed', replicas: '0/3' }),
        createPersonaItem('shop', { phase: 'Failed' }),
      ),
      startMs + 3000,
    );
    expect(draw(4000)[1]).to.contain(reversed('Failed')).and.contain(reversed('0/3'));
    expect(draw(6000)[1]).not.to.contain(reversed('Failed'));
    expect(draw(6000)[1]).to.contain(reversed('0/3'));
    expect(draw(8000)[1]).not.to.contain('\u001b');
    expect(draw(4000, true)[1]).not.to.contain('\u001b');
  });

  it('keeps a deleted row for a moment', () => {
    const { rows, draw } = play([createPersonaItem('billing'), createPersonaItem('shop')]);
    rows.change(
      toChange<'personas'>('deleted', createPersonaItem('shop'), createPersonaItem('shop')),
      startMs,
    );
    expect(draw(1000)[2]).to.match(/shop.*deleted$/);
    expect(draw(5000)).to.have.length(2);
  });

  it('puts a new row in its place', () => {
    const { rows, draw } = play([createPersonaItem('billing'), createPersonaItem('shop')]);
    rows.change(toChange<'personas'>('created', createPersonaItem('mailer')), startMs);
    rows.change(toChange<'personas'>('created', createPersonaItem('z', { namespace: 'a' })), startMs);
    expect(draw(9000).map((line) => line.split(/ +/)[1])).to.deep.equal([
      'NAME',
      'z',
      'billing',
      'mailer',
      'shop',
    ]);
  });

  it('says what happened to the connection below the table', () => {
    const { notices, draw } = play([createPersonaItem('shop')]);
    notices.push('10:00:00 stream lost', '10:00:01 stream resumed');
    expect(draw(0)).to.have.length(3);
    expect(draw(0)[2]).to.equal('10:00:01 stream resumed');
  });

  it('says that there is nothing, but does not leave that behind', () => {
    const { draw } = play([]);
    expect(draw(0)).to.deep.equal(['No resources found in store namespace.']);
    expect(draw(0, true)).to.deep.equal([]);
  });

  it('never hides what is abnormal behind what is well', () => {
    const items = Array.from({ length: 20 }, (_, index) =>
      createPersonaItem(`app-${String(index).padStart(2, '0')}`, index === 17 ? { phase: 'Failed' } : {}),
    );
    const { draw } = play(items, { columns: 100, rows: 6 });
    expect(draw(0).map((line) => line.split(/ +/)[1])).to.deep.equal([
      'NAME',
      'app-00',
      'app-01',
      'app-02',
      'app-17',
      '16',
    ]);
    expect(draw(0).at(-1)).to.equal('… 16 more: 16 Active');
  });

  it('fits every window', () => {
    const phase = fc.constantFrom('Active', 'Failed', 'Degraded', 'Pending', '', 'x'.repeat(50));
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(text, phase, text), { maxLength: 30 }),
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 1, max: 12 }),
        (found, width, height) => {
          const items = found.map(([name, state, message]) =>
            createPersonaItem(name, { phase: state, message }),
          );
          const lines = play(items, { columns: width, rows: height }).draw(0);
          expect(lines.length).to.be.at.most(height);
          for (const line of lines) expect(measureWidth(line)).to.be.at.most(width);
        },
      ),
    );
  });
});

describe('the choice of rows', () => {
  const toRow = (rank: number, lastChangeMs?: number): HeldRow<number> => ({
    item: rank,
    changedAtMs: new Map(),
    lastChangeMs,
    was: undefined,
    isDeleted: false,
  });

  it('shows as many as there is room for, none of which is better than one that it hides, in their order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4 })),
        fc.integer({ min: 0, max: 12 }),
        (ranks, room) => {
          const rows = ranks.map((rank) => toRow(rank));
          const { shown, hidden } = chooseRows(rows, room, (rank) => rank);
          expect(shown.length).to.equal(Math.min(room, rows.length));
          expect(shown.length + hidden.length).to.equal(rows.length);
          expect(shown).to.deep.equal(rows.filter((row) => shown.includes(row)));
          const best = Math.min(...shown.map(({ item }) => item));
          for (const { item } of hidden) expect(item).to.be.at.most(best);
        },
      ),
    );
  });

  it('prefers what changed last among equals', () => {
    const rows = [toRow(0, 1), toRow(0), toRow(0, 5)];
    expect(chooseRows(rows, 1, (rank) => rank).shown).to.deep.equal([rows[2]]);
  });

  it('counts what it hides, the worst first', () => {
    const rows = [0, 0, 4, 0, 3].map((rank) => toRow(rank));
    const words = {
      rank: (rank: number) => rank,
      state: (rank: number) => ['Active', '', '', 'Degraded', 'Failed'][rank]!,
    };
    expect(formatHidden(rows, words)).to.equal('… 5 more: 1 Failed, 1 Degraded, 3 Active');
  });
});
