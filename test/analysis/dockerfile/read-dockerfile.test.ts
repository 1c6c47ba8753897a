// From a Dockerfile's text to what its final stage amounts to.
import { expect } from 'chai';
import { DorguError } from '../../../src/api/errors.ts';
import type { DockerBuild } from '../../../src/analysis/dockerfile/build.ts';
import { createMemoryTree } from '../memory-tree.ts';
import { fixture, readText } from './read.ts';
import { readDockerfile } from '../../../src/analysis/dockerfile/read-dockerfile.ts';

const env = (build: DockerBuild) =>
  Object.fromEntries(build.env.map(({ value }) => [value.name, value.value]));
const ports = (build: DockerBuild) => build.exposed.map(({ value, protocol }) => `${value}/${protocol}`);

describe('reading a Dockerfile', () => {
  it('reads the last stage of several with what it inherits', () => {
    const build = readText(fixture('multi-stage'));
    expect(build.baseImage.value).to.equal('node:24-alpine');
    expect(build.baseImage.evidence).to.deep.equal([
      { file: 'web/Dockerfile', line: 13, reason: 'FROM node:24-alpine' },
    ]);
    expect(build.stageImages.map(({ value }) => value)).to.deep.equal(['node:24-alpine', 'node:24-alpine']);
    expect(env(build)).to.deep.equal({ PORT: '8080', HOST: '0.0.0.0' });
    expect(ports(build)).to.deep.equal(['8080/TCP', '9000/UDP', '9001/UDP']);
    expect(build.user?.value).to.deep.equal({ name: 'shop', uid: 10001, gid: 10001, isRoot: false });
    expect(build.user?.evidence.map(({ line }) => line)).to.deep.equal([28, 20]);
    expect(build.entrypoint?.value).to.deep.equal(['node']);
    expect(build.command?.value).to.deep.equal(['dist/server.js', '--port', '8080']);
    expect(build.isShellForm).to.equal(false);
    expect(build.volumes.map(({ value }) => value)).to.deep.equal(['/data', '/tmp/work']);
    expect(build.workdir?.value).to.equal('/app');
    expect(build.stopSignal?.value).to.equal('SIGQUIT');
    expect(build.copied.map(({ value }) => value)).to.deep.equal(['public/']);
    expect(build.contextSources.map(({ value }) => value)).to.include.members([
      'package.json',
      '.',
      'public/',
    ]);
    expect(build.healthcheck).to.deep.include({
      kind: 'http',
      path: '/healthz',
      port: 8080,
      periodSeconds: 30,
      timeoutSeconds: 3,
      startPeriodSeconds: 90,
      failureThreshold: 4,
    });
  });

  it('reads here-documents, quotes and shell forms', () => {
    const build = readText(fixture('heredocs'));
    expect(build.user?.value).to.deep.equal({ name: 'app', uid: 2000, gid: 2000, isRoot: false });
    expect(env(build)).to.deep.equal({ MODE: 'its $literal', LEVEL: 'a"b', TAIL: 'end' });
    expect(build.command?.value).to.deep.equal([
      '/bin/sh',
      '-c',
      'exec my-server --bind 0.0.0.0:${PORT:-8000} && echo done',
    ]);
    expect(build.isShellForm).to.equal(true);
    expect(build.notes.map(({ message }) => message).join()).to.contain('ONBUILD RUN');
  });

  it('follows the escape directive, and what a well-known base image sets', () => {
    const build = readText(fixture('windows'));
    expect(build.workdir?.value).to.equal('C:\\app');
    expect(build.copied.map(({ value }) => value)).to.deep.equal(['app.dll', 'config\\']);
    expect(build.user?.value).to.deep.equal({ uid: 1654, isRoot: false });
  });

  const evaluated: [string, string, (build: DockerBuild) => unknown, unknown][] = [
    [
      'a global ARG is seen in a stage once it is declared there',
      'ARG P=80\nFROM a\nARG P\nEXPOSE $P',
      ports,
      ['80/TCP'],
    ],
    [
      'a global ARG is not seen in a stage that does not declare it',
      'ARG P=80\nFROM a\nEXPOSE $P',
      ports,
      [],
    ],
    ['ENV wins over an ARG of the same name', 'FROM a\nENV P=1\nARG P=2\nEXPOSE $P', ports, ['1/TCP']],
    ['one ENV sees the values from before it', 'FROM a\nENV A=1\nENV A=2 B=$A', env, { A: '2', B: '1' }],
    ['the old ENV form takes the rest of the line', 'FROM a\nENV A b  c', env, { A: 'b  c' }],
    ['instructions in any case are read', 'from a as B\nenv A=1\nFROM b\nexpose 1', ports, ['1/TCP']],
    [
      'a range of ports and a protocol in any case',
      'FROM a\nEXPOSE 70-72/UDP',
      ports,
      ['70/UDP', '71/UDP', '72/UDP'],
    ],
    ['a variable with several ports', 'FROM a\nENV P="80 443"\nEXPOSE $P', ports, ['80/TCP', '443/TCP']],
    ['what is no port is left out', 'FROM a\nEXPOSE 0 99999 x 80-70 8080', ports, ['8080/TCP']],
    [
      'ENTRYPOINT drops an inherited CMD',
      'FROM a AS b\nCMD ["x"]\nFROM b\nENTRYPOINT ["y"]',
      (b) => b.command,
      undefined,
    ],
    [
      'ENTRYPOINT keeps a CMD of its own stage',
      'FROM a\nCMD ["x"]\nENTRYPOINT ["y"]',
      (b) => b.command?.value,
      ['x'],
    ],
    [
      'an empty ENTRYPOINT takes it away',
      'FROM a AS b\nENTRYPOINT ["y"]\nFROM b\nENTRYPOINT []',
      (b) => b.entrypoint,
      undefined,
    ],
    ['broken JSON is shell form', "FROM a\nCMD ['x']", (b) => b.command?.value, ['/bin/sh', '-c', "['x']"]],
    [
      'SHELL is what runs shell forms',
      'FROM a\nSHELL ["/bin/bash", "-c"]\nCMD run',
      (b) => b.command?.value,
      ['/bin/bash', '-c', 'run'],
    ],
    [
      'HEALTHCHECK NONE takes it away',
      'FROM a AS b\nHEALTHCHECK CMD x\nFROM b\nHEALTHCHECK NONE',
      (b) => b.healthcheck,
      undefined,
    ],
    ['a stage by index', 'FROM a\nEXPOSE 5\nFROM 0', ports, ['5/TCP']],
    [
      'platform arguments are there before FROM',
      'FROM --platform=$BUILDPLATFORM x:$TARGETARCH',
      (b) => b.baseImage.value,
      'x:amd64',
    ],
    ['relative WORKDIR joins', 'FROM a\nWORKDIR /x\nWORKDIR y/../z', (b) => b.workdir?.value, '/x/z'],
    [
      'a base image that is a build argument without a default stays as written',
      'ARG B\nFROM ${B}',
      (b) => b.baseImage.value,
      '${B}',
    ],
    [
      'a last stage for tests is not the application',
      'FROM a AS prod\nCMD x\nFROM prod AS test\nCMD t',
      (b) => [b.target, b.command?.value],
      ['prod', ['x']],
    ],
    [
      'ONBUILD of a stage runs in the stage FROM it',
      'FROM a AS b\nONBUILD EXPOSE 7\nFROM b',
      ports,
      ['7/TCP'],
    ],
    ['a carriage return ends a line as well', 'FROM a\r\nEXPOSE 1 \\\r\n 2\r\n', ports, ['1/TCP', '2/TCP']],
  ];
  for (const [title, text, read, expected] of evaluated)
    it(title, () => expect(read(readText(text))).to.deep.equal(expected));

  it('takes build arguments over defaults', () => {
    const text = 'ARG V=1\nFROM node:$V\nARG P=1\nEXPOSE $P';
    const build = readText(text, {
      args: new Map([
        ['V', '24'],
        ['P', '9'],
      ]),
    });
    expect([build.baseImage.value, ...ports(build)]).to.deep.equal(['node:24', '9/TCP']);
  });

  it('builds the stage that is asked for, by name or index', () => {
    const text = 'FROM a AS One\nEXPOSE 1\nFROM b\nEXPOSE 2';
    expect(ports(readText(text, { target: 'one' }))).to.deep.equal(['1/TCP']);
    expect(ports(readText(text, { target: '0' }))).to.deep.equal(['1/TCP']);
    expect(() => readText(text, { target: 'three' })).to.throw(/expected a stage "three", found one/);
  });

  const refused: [string, string, RegExp][] = [
    ['an empty file', '', /:1: expected an instruction such as FROM, found none/],
    ['only comments', '# a\n\n# b', /:1: expected an instruction such as FROM, found none/],
    ['no FROM', 'ARG A=1', /:1: expected FROM <image>, found no FROM/],
    ['something before FROM', 'RUN x\nFROM a', /:1: expected FROM \(or ARG\) first, found RUN/],
    [
      'an unknown instruction',
      'FROM a\n\nRUNN x',
      /:3: expected an instruction \(FROM, RUN, COPY …\), found "RUNN"/,
    ],
    ['a line that continues nothing', 'FROM a\nRUN x &&\n  y z', /:3: expected an instruction/],
    [
      'an open here-document',
      'FROM a\nRUN <<EOF\nx',
      /:2: expected the here-document to end with a line "EOF"/,
    ],
    ['FROM without an image', 'FROM', /:1: expected arguments after FROM/],
    ['FROM with too many words', 'FROM a b c d', /:1: expected FROM <image> \[AS <name>\]/],
    ['a stage name that is none', 'FROM a AS -x', /:1: expected a stage name/],
    ['FROM an unknown index', 'FROM a\nFROM 7', /:2: expected FROM to name an image or an earlier stage/],
    ['ENV without a value', 'FROM a\nENV A', /:2: expected ENV to have a name and a value/],
    ['ENV with a word that is no pair', 'FROM a\nENV A=1 b', /:2: expected NAME=value in ENV, found "b"/],
    ['COPY without a destination', 'FROM a\nCOPY x', /:2: expected COPY to have a source and a destination/],
    ['HEALTHCHECK without CMD', 'FROM a\nHEALTHCHECK curl x', /:2: expected HEALTHCHECK to have CMD/],
    ['a bad interval', 'FROM a\nHEALTHCHECK --interval=5 CMD x', /:2: expected --interval to be a duration/],
    ['SHELL in shell form', 'FROM a\nSHELL bash', /:2: expected SHELL to have the JSON form/],
    [
      'ONBUILD ONBUILD',
      'FROM a\nONBUILD ONBUILD RUN x',
      /:2: expected an instruction that ONBUILD can defer/,
    ],
    ['a bad escape directive', '# escape=x\nFROM a', /:1: expected the escape directive/],
    ['a bad substitution', 'FROM a\nEXPOSE ${', /:2: expected a name after/],
  ];
  for (const [what, text, message] of refused)
    it(`refuses ${what} with place, reason and hint`, () => {
      const error = catchError(() => readText(text));
      expect(error.code).to.equal('DockerfileInvalid');
      expect(error.message)
        .to.match(/^web\/Dockerfile:\d+: /)
        .and.match(message);
      expect(error.hint).to.be.a('string').with.length.above(5);
    });

  it('says that a file is missing', () => {
    const options = { dockerfile: 'Dockerfile', context: '.' };
    const error = catchError(() => readDockerfile(createMemoryTree({}), options));
    expect([error.code, error.message]).to.deep.equal([
      'DockerfileMissing',
      "expected a Dockerfile at Dockerfile, found none inside the application's folder",
    ]);
  });

  it('keeps control characters and credentials out of messages', () => {
    const error = catchError(() => readText('FROM a\n\u001b[31mRED\u202e x'));
    expect(error.message).not.to.match(/[\p{Cc}\p{Cf}]/u);
    const secret = catchError(() => readText('FROM a\nENV A=1 https://u:planted@host'));
    expect(secret.message).not.to.contain('planted');
  });

  it('lets no planted secret out, and names what carries one', () => {
    const build = readText(fixture('secrets'));
    expect(JSON.stringify(build)).not.to.contain('planted');
    expect(build.secretNames.map(({ value }) => value)).to.deep.equal([
      'DB_PASSWORD',
      'DATABASE_URL',
      'COMMAND',
      'api.key',
    ]);
    expect(env(build)).to.deep.equal({ LOG_LEVEL: 'info' });
    expect(build.healthcheck).to.equal(undefined);
  });
});

function catchError(act: () => unknown): DorguError {
  try {
    act();
  } catch (error) {
    if (error instanceof DorguError) return error;
    throw error;
  }
  throw new Error('expected an error, got none');
}
