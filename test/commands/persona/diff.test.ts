// `persona diff` without a cluster: what its words mean, what its texts hold, and whom it hands them to.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect } from 'chai';
import { DorguError } from '../../../src/api/errors.ts';
import { chooseComparison } from '../../../src/commands/persona/diff/choose-comparison.ts';
import { runExternalDiff } from '../../../src/commands/persona/diff/external-diff.ts';
import { keepExitOne } from '../../../src/commands/persona/diff/keep-exit-one.ts';
import { toWorkloadDifferences } from '../../../src/commands/persona/diff/workload-difference.ts';
import { exitCodeOf } from '../../../src/commands/exit-codes.ts';
import { formatUnifiedDiff } from '../../../src/ui/unified-diff.ts';
import { readWorkload } from '../../../src/workload/read-workload.ts';
import type { Finding } from '../../../src/rules/finding.ts';
import { createDeployment, createPersona } from './reports.ts';

describe('the words of persona diff', () => {
  const cases: Record<string, [words: { name?: string; path?: string }, hasFiles: boolean, chosen: object]> =
    {
      'NAME is compared with its workload': [{ name: 'shop' }, false, { with: 'workload', name: 'shop' }],
      'persona/NAME is a name': [{ name: 'persona/shop' }, false, { with: 'workload', name: 'shop' }],
      'NAME PATH is one of the source': [
        { name: 'shop', path: 'src' },
        false,
        { with: 'source', path: 'src', name: 'shop' },
      ],
      '. is a path': [{ name: '.' }, false, { with: 'source', path: '.', name: undefined }],
      'a word with a slash is a path': [
        { name: './shop' },
        false,
        { with: 'source', path: './shop', name: undefined },
      ],
      '-f alone takes all of the files': [{}, true, { with: 'files', name: undefined }],
      '-f with NAME takes one of them': [{ name: 'shop' }, true, { with: 'files', name: 'shop' }],
    };
  for (const [title, [words, hasFiles, chosen]] of Object.entries(cases)) {
    it(title, () => expect(chooseComparison(words, hasFiles)).to.deep.equal(chosen));
  }

  const refused: Record<string, [words: { name?: string; path?: string }, hasFiles: boolean]> = {
    'nothing at all is refused': [{}, false],
    'PATH and -f together are refused': [{ name: '.' }, true],
    'two paths are refused': [{ name: './a', path: './b' }, false],
  };
  for (const [title, [words, hasFiles]] of Object.entries(refused)) {
    it(title, () => {
      expect(() => chooseComparison(words, hasFiles))
        .to.throw(DorguError)
        .with.property('kind', 'usage');
    });
  }
});

describe('the exit code of persona diff', () => {
  it('is never 1 for an error', () => {
    for (const kind of ['invalid', 'refused'] as const) {
      const error = new DorguError('Drift', 'no', { kind, hint: 'do', details: ['one'] });
      const kept = keepExitOne(error);
      expect([exitCodeOf(error), exitCodeOf(kept)]).to.deep.equal([1, 9]);
      expect(kept).to.deep.include({ code: 'Drift', message: 'no', hint: 'do', details: ['one'] });
    }
    const others = [
      new DorguError('NotFound', 'no', { kind: 'failed' }),
      new DorguError('Drift', 'no', { kind: 'usage' }),
    ];
    for (const error of others) expect(keepExitOne(error)).to.equal(error);
  });
});

describe('the difference between a persona and what runs', () => {
  const workload = readWorkload(createDeployment())!;
  const finding = (overrides: Partial<Finding> = {}): Finding => ({
    rule: 'security/run-as-non-root',
    severity: 'error',
    level: 'deny',
    field: 'spec.template.spec.containers[0].securityContext.runAsNonRoot',
    actual: 'unset',
    expected: 'true',
    message: 'container shop: runAsNonRoot is unset, true expected',
    ...overrides,
  });
  const show = (...findings: Finding[]) =>
    toWorkloadDifferences(createPersona(), [{ workload, findings }])
      .map(({ name, before, after }) => formatUnifiedDiff(name, before, after))
      .join('');

  it('is what is and what should be, under the rule that says so', () => {
    expect(show(finding())).to.equal(
      [
        '--- a/apps.v1.Deployment.store.shop',
        '+++ b/apps.v1.Deployment.store.shop',
        '@@ -1,2 +1,2 @@',
        ' # error security/run-as-non-root: container shop: runAsNonRoot is unset, true expected',
        '-spec.template.spec.containers[0].securityContext.runAsNonRoot: unset',
        '+spec.template.spec.containers[0].securityContext.runAsNonRoot: true',
        '',
      ].join('\n'),
    );
  });

  it('is empty for information and for what an exception lifts', () => {
    const exception = { rule: 'security/*', reason: 'r', until: '2027-01-01T00:00:00Z' };
    expect(show(finding({ severity: 'info' }), finding({ exception }))).to.equal('');
  });

  it('is there even where the short values say the same', () => {
    expect(show(finding({ actual: '1', expected: '1' }))).to.contain('+spec.template');
  });

  it('cannot be forged by a value with line breaks', () => {
    const lines = show(finding({ actual: 'x\n+forged: true', message: 'm\r\n-forged' })).split('\n');
    expect(lines.filter((line) => /^[-+]forged/.test(line))).to.deep.equal([]);
  });

  it('is the whole workload where there is none', () => {
    const [difference] = toWorkloadDifferences(createPersona(), []);
    expect(difference).to.deep.equal({
      name: 'dorgu.io.v1.ApplicationPersona.store.shop',
      before: undefined,
      after: '# no workload of the namespace is named or labelled shop\n',
    });
  });
});

describe('KUBECTL_EXTERNAL_DIFF', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'dorgu-external-diff-test-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const differences = [
    { name: 'a.Kind.store.shop', before: 'old\n', after: 'new\n' },
    { name: '../escape', before: undefined, after: 'new\n' },
  ];
  async function run(command: string) {
    let text = '';
    const stdout = new Writable({
      write(chunk: Buffer, _, done) {
        text += chunk.toString();
        done();
      },
    });
    const signal = new AbortController().signal;
    const env = { PATH: process.env['PATH'] };
    const isDifferent = await runExternalDiff(command, differences, {
      stdout,
      stderr: stdout,
      env,
      cwd: folder,
      signal,
    });
    return { isDifferent, text };
  }
  /** A program that prints its arguments and the files it was given. */
  const program = (exitCode: number) => {
    const path = join(folder, 'differ');
    writeFileSync(
      path,
      `#!/bin/sh\necho "$@"\nfor last; do :; done\nls -A "$last"\necho "$last" > "$0.saw"\nexit ${exitCode}\n`,
      {
        mode: 0o755,
      },
    );
    return path;
  };

  it('gets the two versions in two folders, and kubectl’s share of its arguments', async () => {
    const { isDifferent, text } = await run(`${program(1)} -u --color=always $(rm) x;y`);
    expect(isDifferent).to.equal(true);
    expect(text).to.match(/^-u --color=always \S+\/LIVE \S+\/MERGED\n/);
    expect(text).to.contain('a.Kind.store.shop\n').and.contain('.._escape\n');
  });

  it('says that there is no difference', async () => {
    expect((await run(program(0))).isDifferent).to.equal(false);
  });

  it('is an error where it fails or is not there, and leaves nothing behind', async () => {
    for (const command of [program(3), join(folder, 'absent')]) {
      const error = await run(command).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(DorguError).with.property('code', 'DiffFailed');
      expect(exitCodeOf(error)).to.be.greaterThan(1);
    }
    expect(existsSync(readFileSync(join(folder, 'differ.saw'), 'utf8').trim())).to.equal(false);
  });
});
