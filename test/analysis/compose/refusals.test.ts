// What a compose project is refused for: code, place and words.
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { DorguError } from '../../../src/api/errors.ts';
import { readComposeProject } from '../../../src/analysis/compose/project.ts';
import { openSourceTree } from '../../../src/analysis/source-tree.ts';
import { createMemoryTree } from '../memory-tree.ts';

function catchError(files: Record<string, string>): DorguError {
  try {
    readComposeProject(createMemoryTree(files));
  } catch (error) {
    if (error instanceof DorguError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const service = (text: string) => ({ 'compose.yaml': `services:\n  a:\n    image: x\n    ${text}\n` });
const refused: Record<string, [Record<string, string>, string, RegExp]> = {
  'a duplicate key': [
    { 'compose.yaml': 'services:\n  a: {image: x}\n  a: {image: y}\n' },
    'ComposeSyntax',
    /compose\.yaml:3:3: the key "a" stands twice, first in line 2/,
  ],
  'broken YAML': [{ 'compose.yaml': 'services:\n  a: [\n' }, 'ComposeSyntax', /compose\.yaml:\d+:\d+/],
  'an unknown key': [service('portz: ["80"]'), 'ComposeInvalid', /:4:5: services\.a: .* "portz"/],
  'a wrong kind': [
    service('ports: 80'),
    'ComposeInvalid',
    /services\.a\.ports: expected a list, found a number/,
  ],
  'a circle of depends_on': [
    {
      'compose.yaml':
        'services:\n  a: {image: x, depends_on: [b]}\n  b: {image: x, depends_on: [c]}\n  c: {image: x, depends_on: [b]}\n',
    },
    'ComposeCycle',
    /b -> c -> b/,
  ],
  'a circle of extends': [
    { 'compose.yaml': 'services:\n  a: {extends: b}\n  b: {extends: {service: a}}\n' },
    'ComposeCycle',
    /a -> compose\.yaml: b -> compose\.yaml: a/,
  ],
  'a circle of extends over files': [
    {
      'compose.yaml': 'services:\n  a: {extends: {file: b.yaml, service: b}}\n',
      'b.yaml': 'services:\n  b: {extends: {file: compose.yaml, service: a}}\n',
    },
    'ComposeCycle',
    /extends runs in a circle/,
  ],
  'a circle of includes': [
    { 'compose.yaml': 'include: [b.yaml]\n', 'b.yaml': 'include: [compose.yaml]\n' },
    'ComposeCycle',
    /compose\.yaml -> b\.yaml -> compose\.yaml/,
  ],
  'an include outside': [
    { 'compose.yaml': 'include: [../b.yaml]\n' },
    'PathOutsideApplication',
    /"\.\.\/b\.yaml"/,
  ],
  'an include that is not there': [
    { 'compose.yaml': 'include: [b.yaml]\n' },
    'ComposeFileMissing',
    /"b\.yaml"/,
  ],
  'an extended file outside': [
    service('extends: {file: ../b.yaml, service: b}'),
    'PathOutsideApplication',
    /b\.yaml/,
  ],
  'a context outside': [service('build: ../x'), 'PathOutsideApplication', /build\.context/],
  'a Dockerfile outside': [
    service('build: {context: ., dockerfile: ../D}'),
    'PathOutsideApplication',
    /dockerfile/,
  ],
  'an env_file outside': [service('env_file: /etc/passwd'), 'PathOutsideApplication', /env_file/],
  'a secret outside': [
    { 'compose.yaml': 'services: {a: {image: x}}\nsecrets: {s: {file: ~/.ssh/id_rsa}}\n' },
    'PathOutsideApplication',
    /secrets\.s\.file/,
  ],
  'a service that is not there': [service('depends_on: [zz]'), 'ComposeInvalid', /"zz"/],
  'a secret that is not defined': [service('secrets: [zz]'), 'ComposeInvalid', /"zz"/],
  'an alias bomb': [
    {
      'compose.yaml': ['x-0: &b0 [a, a, a, a, a, a, a, a, a, a]']
        .concat(
          Array.from({ length: 8 }, (_, n) => `x-${n + 1}: &b${n + 1} [${Array(10).fill(`*b${n}`).join()}]`),
        )
        .join('\n'),
    },
    'ComposeTooLarge',
    /aliases/,
  ],
  'a thousand brackets': [{ 'compose.yaml': `x-a: ${'['.repeat(20000)}` }, 'Compose', /compose\.yaml/],
};

describe('compose refuses', () => {
  for (const [title, [files, code, message]] of Object.entries(refused)) {
    it(title, () => {
      const error = catchError(files);
      expect(error.code).to.satisfy((found: string) => found.startsWith(code));
      expect(error.message).to.match(message);
    });
  }

  it('a path that leaves by a link', () => {
    const folder = mkdtempSync(join(tmpdir(), 'compose-'));
    try {
      symlinkSync('/etc', join(folder, 'out'));
      writeFileSync(join(folder, 'compose.yaml'), 'services: {a: {image: x, env_file: out/hostname}}\n');
      expect(() => readComposeProject(openSourceTree(folder))).to.throw(DorguError, /leaves it/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('hints at the key that was meant', () => {
    expect(catchError(service('enviroment: {}')).hint).to.equal('Did you mean environment?');
  });

  it('says no secret in an error', () => {
    expect(catchError(service('environment: {DB_PASSWORD: [hunter22]}')).message).not.to.include('hunter22');
  });

  it('a path above a nested folder, and names the folder that holds both', () => {
    const tree = { ...createMemoryTree(service('build: ../../order service')), root: '/srv/shop/web' };
    expect(() => readComposeProject(tree))
      .to.throw(DorguError)
      .with.property('hint')
      .that.equals(
        'Generate for the folder that holds both: kubectl dorgu generate /srv --compose-file shop/web/compose.yaml',
      );
  });
});
