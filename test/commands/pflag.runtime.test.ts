// Generated command lines mean to us what they mean to the real pflag and cobra.
import { expect } from 'chai';
import fc from 'fast-check';
import { DorguError } from '../../src/api/errors.ts';
import type { FlagSpec } from '../../src/commands/flag-spec.ts';
import { routeCommandLine } from '../../src/commands/route.ts';
import { scanArguments } from '../../src/commands/scan-arguments.ts';
import { askOracle, provideOracle, type OracleAnswer, type OracleFlag } from './pflag-oracle.ts';

const buildTimeoutMs = 10 * 60 * 1000;
const seed = 20_261_123;

const globals: OracleFlag[] = [
  { name: 'namespace', short: 'n', kind: 'string' },
  { name: 'output', short: 'o', kind: 'string' },
  { name: 'context', short: '', kind: 'string' },
  { name: 'no-color', short: '', kind: 'bool' },
  { name: 'verbose', short: 'v', kind: 'bool' },
  { name: 'help-me', short: '', kind: 'bool' },
];
const locals: OracleFlag[] = [
  { name: 'wait', short: 'w', kind: 'bool' },
  { name: 'all-namespaces', short: 'A', kind: 'bool' },
  { name: 'filename', short: 'f', kind: 'strings' },
  { name: 'selector', short: 'l', kind: 'string' },
  { name: 'dry-run', short: 'd', kind: 'optional' },
  { name: 'größe', short: '', kind: 'string' },
];
const all = [...globals, ...locals];

const toSpec = ({ name, short, kind }: OracleFlag): FlagSpec => ({
  name,
  ...(short === '' ? {} : { char: short }),
  aliases: [],
  kind: kind === 'bool' ? 'boolean' : 'value',
  isMultiple: kind === 'strings',
  ...(kind === 'optional' ? { bareValue: 'client' } : {}),
  allowNo: false,
});
const specs = all.map(toSpec);

/** Values that are easily taken for something else. */
const value = fc.oneof(
  fc.constantFrom('json', 'a', 'shop', '', '-', '--', '=', '-1', '-0.5', 'a=b', '=x', '--wait', '-n', 'ünï'),
  fc.constantFrom('status', 'persona', 'true', 'false', '✓', '🛒', '\u202e', 'a b', 'a\nb', '__proto__', '*'),
  fc.string({ unit: 'binary', maxLength: 4 }).filter((text) => !text.includes('\0')),
);
const boolean = fc.constantFrom(
  ...['true', 'false', 'T', 'F', '1', '0', 't', 'f', 'TRUE', 'False', 'maybe', '', 'yes', 'tRUE', ' true'],
);
const long = fc.constantFrom(...all.map(({ name }) => name));
const letter = fc.constantFrom(...all.map(({ short }) => short).filter((short) => short !== ''));
const stranger = fc.constantFrom(
  'no-wait',
  'no-namespace',
  'constructor',
  'nam',
  'namespac',
  'x',
  'Wait',
  '',
);
const letters = fc.array(fc.oneof({ weight: 9, arbitrary: letter }, fc.constantFrom('x', 'é', '-', '=')), {
  minLength: 1,
  maxLength: 5,
});

/** One or two words of a command line, mostly sensible. */
const piece: fc.Arbitrary<string[]> = fc.oneof(
  { weight: 4, arbitrary: value.map((word) => [word]) },
  { weight: 4, arbitrary: fc.tuple(long, value).map(([name, text]) => [`--${name}`, text]) },
  { weight: 3, arbitrary: fc.tuple(long, value).map(([name, text]) => [`--${name}=${text}`]) },
  { weight: 3, arbitrary: fc.tuple(long, boolean).map(([name, text]) => [`--${name}=${text}`]) },
  { weight: 3, arbitrary: fc.tuple(letter, value).map(([short, text]) => [`-${short}`, text]) },
  { weight: 3, arbitrary: fc.tuple(letter, value).map(([short, text]) => [`-${short}=${text}`]) },
  { weight: 3, arbitrary: fc.tuple(letter, value).map(([short, text]) => [`-${short}${text}`]) },
  { weight: 2, arbitrary: fc.tuple(letter, boolean).map(([short, text]) => [`-${short}=${text}`]) },
  { weight: 3, arbitrary: letters.map((cluster) => [`-${cluster.join('')}`]) },
  {
    weight: 1,
    arbitrary: fc.tuple(letters, value).map(([cluster, text]) => [`-${cluster.join('')}=${text}`]),
  },
  { weight: 1, arbitrary: long.map((name) => [`--${name}`]) },
  { weight: 1, arbitrary: stranger.map((name) => [`--${name}`]) },
  { weight: 1, arbitrary: fc.tuple(stranger, value).map(([name, text]) => [`--${name}=${text}`]) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('--', '-', '---', '---wait', '--=', '--=x', '-=').map((word) => [word]),
  },
);
const commandLine = fc
  .array(piece, { maxLength: 6 })
  .map((pieces) => pieces.flat())
  // On purpose not as pflag: it drops words that begin like the flags of `go test` without a sign.
  .filter((words) => !words.some((word) => /^-[^-]*test\./.test(word)));

const errorNames: Record<string, OracleAnswer['error']> = {
  BadFlag: 'syntax',
  UnknownFlag: 'unknown',
  FlagNeedsValue: 'missing',
  BadFlagValue: 'invalid',
};

/** What our scanner makes of a line, in the oracle's words; what was set before an error is not kept, so not compared. */
function read(line: readonly string[], known: readonly FlagSpec[]): Omit<OracleAnswer, 'command'> {
  try {
    const { flags, positionals } = scanArguments(line, known, '');
    return { sets: flags.map(({ spec, value: set }) => [spec.name, String(set)]), positionals, error: '' };
  } catch (error) {
    if (!(error instanceof DorguError)) throw error;
    return { sets: [], positionals: [], error: errorNames[error.code] ?? 'other' };
  }
}

const withoutLostSets = ({ sets, positionals, error }: OracleAnswer) => ({
  sets: error === '' ? sets : [],
  positionals,
  error,
});

describe('command lines beside the real pflag', () => {
  let oracle = '';
  before('the oracle', async function () {
    this.timeout(buildTimeoutMs);
    const path = await provideOracle(process.env);
    if (path === undefined) this.skip();
    oracle = path;
  });

  it('reads 20,000 generated command lines as pflag does', async function () {
    this.timeout(120_000);
    const lines = fc.sample(commandLine, { numRuns: 20_000, seed });
    const answers = await askOracle(oracle, { flags: all, commands: [], lines });
    const kinds = new Map<string, number>();
    for (const [index, answer] of answers.entries()) {
      const line = lines[index] ?? [];
      expect(read(line, specs), JSON.stringify(line)).to.deep.equal(withoutLostSets(answer));
      kinds.set(answer.error, (kinds.get(answer.error) ?? 0) + 1);
    }
    // Generated lines that are nearly all errors would compare nothing.
    expect(kinds.get('')).to.be.greaterThan(5_000);
    for (const kind of ['syntax', 'unknown', 'missing', 'invalid'])
      expect(kinds.get(kind)).to.be.greaterThan(100);
  });

  const tree = [
    'persona status',
    'persona list',
    'persona import',
    'cluster status',
    'cluster init',
    'check',
  ];
  const names = { commands: new Set(tree), topics: new Set(['persona', 'cluster']) };
  const commandsOfTree = tree.map((path) => ({ path, flags: locals }));

  /** Global flags as they may stand before a command's name. */
  const globalPiece: fc.Arbitrary<string[]> = fc
    .tuple(fc.constantFrom(...globals), value, boolean, fc.nat(3))
    .map(([flag, text, truth, style]) => spell(flag, text, truth, style));
  const localPiece: fc.Arbitrary<string[]> = fc
    .tuple(fc.constantFrom(...locals), value, boolean, fc.nat(3))
    .map(([flag, text, truth, style]) => spell(flag, text, truth, style));

  /** Pieces before each word of a command's name, the name, and pieces after it. */
  const placed = (before: fc.Arbitrary<string[]>) =>
    fc.record({
      path: fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(...tree) },
        fc.constantFrom('persona', 'nothing'),
      ),
      first: fc.array(before, { maxLength: 2 }),
      second: fc.array(before, { maxLength: 2 }),
      after: fc.array(piece, { maxLength: 3 }),
    });
  type Placed = ReturnType<typeof placed> extends fc.Arbitrary<infer T> ? T : never;
  const toLine = ({ path, first, second, after }: Placed) => {
    const [word = '', ...rest] = path.split(' ');
    return [...first.flat(), word, ...(rest.length === 0 ? [] : second.flat()), ...rest, ...after.flat()];
  };
  const isComparable = (words: readonly string[]) => !words.some((word) => /^-[^-]*test\./.test(word));

  /** Our router and scanner, in the oracle's words; a topic without a command is no error to cobra, which shows its help. */
  function run(line: readonly string[]): OracleAnswer {
    const route = routeCommandLine(line, names, specs);
    if (route.kind === 'command') {
      const answer = read(route.argv, specs);
      return { command: answer.error === '' ? route.name : '', ...answer };
    }
    return { command: '', sets: [], positionals: [], error: 'other' };
  }
  /** Which error a line ends in when no command was found is a matter of taste: that it runs nothing is not. */
  const comparable = (answer: OracleAnswer) =>
    answer.command === '' ? { command: '' } : { ...answer, command: answer.command };

  it('finds the command as cobra does, global flags before and between the words of its name', async function () {
    this.timeout(120_000);
    const lines = fc.sample(placed(globalPiece).map(toLine).filter(isComparable), { numRuns: 5_000, seed });
    const answers = await askOracle(oracle, { flags: globals, commands: commandsOfTree, lines });
    for (const [index, answer] of answers.entries()) {
      const line = lines[index] ?? [];
      expect(comparable(run(line)), JSON.stringify(line)).to.deep.equal(comparable(answer));
    }
    expect(answers.filter(({ command }) => command !== '').length).to.be.greaterThan(1_000);
  });

  it('lets a flag of one command stand before its name too, where cobra would need it after', async function () {
    this.timeout(120_000);
    const samples = fc.sample(
      placed(fc.oneof(globalPiece, localPiece)).filter(
        (line) => names.commands.has(line.path) && isComparable(toLine(line)),
      ),
      { numRuns: 5_000, seed },
    );
    const lines = samples.map(({ path, first, second, after }) => [
      ...path.split(' '),
      ...first.flat(),
      ...(path.includes(' ') ? second.flat() : []),
      ...after.flat(),
    ]);
    const answers = await askOracle(oracle, { flags: globals, commands: commandsOfTree, lines });
    for (const [index, answer] of answers.entries()) {
      const line = toLine(samples[index]!);
      expect(comparable(run(line)), JSON.stringify(line)).to.deep.equal(comparable(answer));
    }
  });
});

/** A flag in one of its spellings, none of which leaves a word behind. */
function spell({ name, short, kind }: OracleFlag, text: string, truth: string, style: number): string[] {
  const isShort = short !== '' && style >= 2;
  const dashed = isShort ? `-${short}` : `--${name}`;
  if (kind === 'optional') return [style % 2 === 0 ? dashed : `${dashed}=${text}`];
  if (kind === 'bool') return [style % 2 === 0 ? dashed : `${dashed}=${truth}`];
  if (style % 2 === 0) return [dashed, text];
  // An empty value after a letter and = would be the value =.
  return [`${dashed}=${text}`];
}
