// Ways to spoil the files of an application, each from a seeded source of chance.

/** A number from 0 to below 1. */
export type Random = () => number;

/** Files by path; a link has the place that it leads to. */
export type Tree = Map<string, Buffer | { link: string }>;

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const below = (random: Random, limit: number) => Math.floor(random() * limit);

/** What is put into the middle of files: what parsers, shells, terminals and prototypes trip over. */
const fragments: readonly string[] = [
  '\0', '\uFEFF', '\r\n', '\r', '\u2028', '\u202E', '\u001b[31m', '__proto__', 'constructor', '{{', '${', '$(touch ../executed)', '`touch ../executed`',
  '../../../../etc/passwd', '%s%n', '\'"', '---\n', '...\n', '&a [*a]', '<<: *a', '!!js/function "touch"', '!!binary x', '? ', '- - - - - -', '"', "'", '\\', '#', '\t',
  '99999999999999999999', '-1', '1e999', 'NaN', 'null', '[]', '{}', '65536', '0', ':8080', 'EXPOSE 1-65535\n', 'FROM scratch\n', 'ENV A=$A\n', 'ARG X=${X:-${X}}\n',
  '\nRUN touch ../executed\n', '<<EOF\n', 'services:\n', 'include: [../../x.yaml]\n', 'extends: {file: ../../x.yaml, service: a}\n', 'env_file: ../../../.env\n',
]; // prettier-ignore

type Mutation = (text: Buffer, random: Random) => Buffer;

const splice = (text: Buffer, at: number, removed: number, added: Buffer | string): Buffer =>
  Buffer.concat([text.subarray(0, at), Buffer.from(added), text.subarray(at + removed)]);

const nest = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);

/** A YAML file that is small until its aliases are resolved. */
function bomb(): string {
  const levels = Array.from(
    { length: 12 },
    (_, level) => `x${level + 1}: &x${level + 1} [${Array(9).fill(`*x${level}`).join(', ')}]`,
  );
  return [
    'x0: &x0 [a, a, a, a, a, a, a, a, a]',
    ...levels,
    'services: {a: {build: ., command: *x12}}',
    '',
  ].join('\n');
}

const mutations: readonly Mutation[] = [
  (text, random) => {
    const copy = Buffer.from(text);
    for (let count = 1 + below(random, 8); count > 0 && copy.length > 0; count -= 1)
      copy[below(random, copy.length)] = below(random, 256);
    return copy;
  },
  (text, random) => text.subarray(0, below(random, text.length + 1)),
  (text, random) => splice(text, below(random, text.length + 1), below(random, 20), pick(random, fragments)),
  (text, random) => splice(text, below(random, text.length + 1), 0, pick(random, fragments)),
  (text, random) => {
    const at = below(random, text.length + 1);
    return splice(text, at, 0, text.subarray(at, at + below(random, 400)));
  },
  (text, random) => {
    const lines = text.toString('latin1').split('\n');
    const one = below(random, lines.length);
    const other = below(random, lines.length);
    [lines[one], lines[other]] = [lines[other] ?? '', lines[one] ?? ''];
    return Buffer.from(lines.join('\n'), 'latin1');
  },
  (text) => Buffer.from(`\uFEFF${text.toString('utf8')}`),
  (text) => Buffer.from(text.toString('utf8').replaceAll('\n', '\r\n')),
  (text) => Buffer.from(text.toString('utf8'), 'utf16le'),
  (text) => Buffer.from(`# Bücher\n${text.toString('utf8')}`, 'latin1'),
  (text, random) =>
    splice(
      text,
      below(random, text.length + 1),
      0,
      pick(random, ['a', ' ', '[', '{', '"a":', '\\', '(', '- ']).repeat(20_000),
    ),
  (text, random) => splice(text, below(random, text.length + 1), 0, nest('[', ']', 3000)),
  (_, random) =>
    Buffer.from(
      pick(random, [
        nest('{"a":', '}', 3000),
        nest('[', ']', 50_000),
        '',
        '\0'.repeat(5000),
        'null',
        '[]',
        '"x"',
        '0',
      ]),
    ),
  () => Buffer.from(bomb()),
];

/** What reads a file differently by its name. */
const names: readonly string[] = [
  'Dockerfile', 'compose.yaml', 'docker-compose.yml', 'compose.override.yaml', 'package.json', 'pyproject.toml', 'requirements.txt', 'go.mod', 'pom.xml', 'build.gradle', 'Gemfile',
  'Cargo.toml', 'composer.json', 'Procfile', '.env', '.env.example', '.gitignore', '.dockerignore', 'nginx.conf', 'app.json', 'fly.toml', 'railway.json', 'mix.exs', 'deno.json',
  '.git/config', '.git/HEAD', '.dorgu.yaml', '.dorgu/model.json', '.dorgu/base/k8s/deployment.yaml', 'k8s/deployment.yaml', 'PERSONA.md', 'a\nb.js', '-rf', '__proto__', 'con.js', 'ü/é.py', '\u202Ex.js',
]; // prettier-ignore

const links: readonly string[] = [
  '/etc/passwd',
  '.',
  '..',
  '../outside',
  '../outside/secret.txt',
  'loop',
  '/',
  '/dev/zero',
  '/proc/self/environ',
  'nowhere',
];
const linked: readonly string[] = [
  'loop',
  'k8s',
  '.dorgu',
  'src',
  'argocd',
  'PERSONA.md',
  'Dockerfile',
  'compose.yaml',
  '.env',
  '.github',
  'package.json',
];

/** Spoils one to four files of a copy. */
export function mutate(tree: Tree, random: Random): Tree {
  const spoilt = new Map(tree);
  for (let count = 1 + below(random, 4); count > 0; count -= 1) spoil(spoilt, random);
  return spoilt;
}

function spoil(tree: Tree, random: Random): void {
  const chance = random();
  const paths = [...tree.keys()];
  const texts = [...tree.values()].filter((file) => Buffer.isBuffer(file));
  if (chance < 0.06) tree.set(pick(random, linked), { link: pick(random, links) });
  else if (chance < 0.1) tree.delete(pick(random, paths));
  else {
    const path = chance < 0.25 ? pick(random, names) : pick(random, paths);
    const known = tree.get(path);
    const text = Buffer.isBuffer(known) ? known : pick(random, [Buffer.alloc(0), ...texts]);
    tree.set(path, pick(random, mutations)(text, random));
  }
}
