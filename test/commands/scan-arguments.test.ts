// Command lines mean what they mean to pflag, whatever way they are spelt.
import { expect } from 'chai';
import fc from 'fast-check';
import { Config } from '@oclif/core/config';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../../src/commands/base.ts';
import { createDryRunFlag } from '../../src/commands/dry-run-flag.ts';
import { toFlagSpecs, type FlagSpec } from '../../src/commands/flag-spec.ts';
import { toOclifArguments } from '../../src/commands/oclif-arguments.ts';
import { createOclifConfig } from '../../src/commands/oclif-config.ts';
import { scanArguments } from '../../src/commands/scan-arguments.ts';

class Sample extends BaseCommand {
  static override id = 'sample';
  static override args = { words: Args.string({ multiple: true, ignoreStdin: true }) };
  static override flags = {
    wait: Flags.boolean({ char: 'w', allowNo: true, default: true }),
    force: Flags.boolean({ char: 'f' }),
    output: Flags.string({ char: 'o' }),
    namespace: Flags.string({ char: 'n' }),
    file: Flags.string({ multiple: true, multipleNonGreedy: true }),
  };
  static seen: { flags: Record<string, unknown>; words: string[] };

  async run(): Promise<undefined> {
    const { flags, args } = await this.parse(Sample);
    Sample.seen = { flags, words: (args as { words?: string[] }).words ?? [] };
  }
}

const specs = toFlagSpecs(Sample);
const scan = (argv: string[]) => {
  const { flags, positionals } = scanArguments(argv, specs, 'sample');
  return { flags: flags.map(({ spec, value }) => [spec.name, value]), positionals };
};

describe('the scanner of arguments', () => {
  const meanings: Record<
    string,
    [argv: string[], flags: [string, string | boolean][], positionals: string[]]
  > = {
    'takes a value after =': [['--output=json'], [['output', 'json']], []],
    'takes a value from the next word': [['--output', 'json', 'a'], [['output', 'json']], ['a']],
    'takes a value glued to a letter': [['-ojson'], [['output', 'json']], []],
    'takes a value after a letter and =': [['-o=json'], [['output', 'json']], []],
    'takes whatever follows a value flag, even a flag': [['-n', '--force'], [['namespace', '--force']], []],
    'takes an empty value': [['--namespace='], [['namespace', '']], []],
    'reads false after =': [['--wait=false', 'x'], [['wait', false]], ['x']],
    "reads Go's short false": [['-w=f'], [['wait', false]], []],
    'never takes the next word for a boolean': [['--wait', 'false'], [['wait', true]], ['false']],
    'reads --no- where the flag allows it': [['--no-wait'], [['wait', false]], []],
    'opens a cluster of letters': [
      ['-fwojson'],
      [
        ['force', true],
        ['wait', true],
        ['output', 'json'],
      ],
      [],
    ],
    'lets a cluster end in a flag that needs a value': [
      ['-fn', 'x'],
      [
        ['force', true],
        ['namespace', 'x'],
      ],
      [],
    ],
    'ends flags at --': [['-f', '--', '-f', '--output'], [['force', true]], ['-f', '--output']],
    'lets -- be a value': [['-o', '--', 'a'], [['output', '--']], ['a']],
    'takes - for a word': [['-', '-f'], [['force', true]], ['-']],
    'keeps flags between words': [
      ['a', '-f', 'b', '-n', 'x', 'c'],
      [
        ['force', true],
        ['namespace', 'x'],
      ],
      ['a', 'b', 'c'],
    ],
    'reads a value that holds =': [['--output=jsonpath={.a}=b'], [['output', 'jsonpath={.a}=b']], []],
    'reads -o= as pflag does': [['-o='], [['output', '=']], []],
  };
  for (const [title, [argv, flags, positionals]] of Object.entries(meanings)) {
    it(title, () => expect(scan(argv)).to.deep.equal({ flags, positionals }));
  }

  const refusals: Record<string, [argv: string[], message: RegExp]> = {
    'refuses an unknown flag and names the nearest': [['--outptu', 'x'], /^unknown flag: --outptu$/],
    'refuses an unknown letter': [['-fx'], /^unknown shorthand flag: "x" in -fx$/],
    'refuses a value flag without a value': [['-o'], /^flag needs a value: -o$/],
    'refuses a boolean that is neither': [
      ['--wait=maybe'],
      /^invalid value "maybe" for --wait: expected true, false$/,
    ],
    'refuses three dashes': [['---wait'], /^bad flag syntax: ---wait$/],
    'refuses a flag without a name': [['--=x'], /^bad flag syntax: --=x$/],
    'refuses --no- where nothing allows it': [['--no-force'], /^unknown flag: --no-force$/],
    'refuses names that every object has': [['--constructor'], /^unknown flag: --constructor$/],
  };
  for (const [title, [argv, message]] of Object.entries(refusals)) {
    it(title, () =>
      expect(() => scan(argv))
        .to.throw(message)
        .with.property('kind', 'usage'),
    );
  }

  /** A flag or a word, and one of the ways to write it. */
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom('-f', '--force', '--', '-1', '=', 'a=b', '--output', ''),
  );
  const item = fc.oneof(
    fc.record({ name: fc.constantFrom('output', 'namespace', 'file'), value, style: fc.nat(3) }),
    fc.record({ name: fc.constantFrom('wait', 'force'), value: fc.boolean(), style: fc.nat(3) }),
    fc.record({ word: fc.string().filter((word) => !word.startsWith('-') || word === '-') }),
  );

  /** One of the ways to write it. */
  function spell(spec: FlagSpec, set: string | boolean, style: number): string[] {
    const ways = typeof set === 'boolean' ? spellBoolean(spec, set) : spellValue(spec, set);
    return ways[style % ways.length]!;
  }

  function spellBoolean({ name, char = '' }: FlagSpec, set: boolean): string[][] {
    if (!set) return [[`--${name}=false`], [`-${char}=F`], [`--${name}=0`]];
    return [[`--${name}`], [`-${char}`], [`-${char}=T`], [`--${name}=1`]];
  }

  function spellValue({ name, char }: FlagSpec, set: string): string[][] {
    const long = [[`--${name}=${set}`], [`--${name}`, set]];
    if (char === undefined) return long;
    // Glued, an empty value and one that starts with = mean something else.
    const isGluable = set !== '' && !set.startsWith('=');
    return [...long, [`-${char}`, set], ...(isGluable ? [[`-${char}${set}`], [`-${char}=${set}`]] : [])];
  }

  const commandLine = fc.record({
    items: fc.array(item, { maxLength: 8 }),
    tail: fc.option(fc.array(fc.string(), { maxLength: 3 })),
  });
  type CommandLine = typeof commandLine extends fc.Arbitrary<infer T> ? T : never;
  const toArgv = ({ items, tail }: CommandLine) => [
    ...items.flatMap((entry) =>
      'word' in entry ? [entry.word] : spell(byName.get(entry.name)!, entry.value, entry.style),
    ),
    ...(tail === null ? [] : ['--', ...tail]),
  ];
  const toWords = ({ items, tail }: CommandLine) => [
    ...items.flatMap((entry) => ('word' in entry ? [entry.word] : [])),
    ...(tail ?? []),
  ];

  it('reads every spelling of the same command line alike', () => {
    fc.assert(
      fc.property(commandLine, (line) => {
        expect(scan(toArgv(line))).to.deep.equal({
          flags: line.items.flatMap((entry) => ('word' in entry ? [] : [[entry.name, entry.value]])),
          positionals: toWords(line),
        });
      }),
    );
  });

  it('hands oclif what was meant: the last value wins, lists keep all, values may look like flags', async () => {
    await fc.assert(
      fc.asyncProperty(commandLine, async (line) => {
        const set = (name: string) =>
          line.items.flatMap((entry) => ('word' in entry || entry.name !== name ? [] : [entry.value]));
        await new Sample(toArgv(line), createOclifConfig()).execute();
        expect(Sample.seen.words).to.deep.equal(toWords(line));
        expect(Sample.seen.flags['wait']).to.equal(set('wait').at(-1) ?? true);
        expect(Sample.seen.flags['force']).to.equal(set('force').at(-1) ?? false);
        expect(Sample.seen.flags['output']).to.equal(set('output').at(-1));
        expect(Sample.seen.flags['file'] ?? []).to.deep.equal(set('file'));
      }),
    );
  });

  it('never takes the next word for a flag that may stand alone', () => {
    const dryRun = toFlagSpecs({ flags: { 'dry-run': createDryRunFlag() }, baseFlags: {} });
    const read = (...argv: string[]) => {
      const { flags, positionals } = scanArguments(argv, dryRun, 'sample');
      return [...flags.map(({ value }) => value), ...positionals];
    };
    expect(read('--dry-run', 'server')).to.deep.equal(['client', 'server']);
    expect(read('--dry-run=server', 'shop')).to.deep.equal(['server', 'shop']);
    expect(() => read('--dry-run=never')).to.throw('expected none, client, server');
  });

  it('gives oclif one spelling', () => {
    const scanned = scanArguments(
      ['a', '-w=f', '-o', '-f', '--file=1', '--file=2', '-fojson'],
      specs,
      'sample',
    );
    expect(toOclifArguments(scanned)).to.deep.equal([
      '--no-wait',
      '--output',
      'json',
      '--file',
      '1',
      '--file',
      '2',
      '--force',
      '--',
      'a',
    ]);
  });

  it('needs no configuration to be loaded', () => expect(createOclifConfig()).to.be.instanceOf(Config));
});
