// Walks the whole table of keys: each is used in a small file, and must change what analysis says or be reported with a reason.
import { expect } from 'chai';
import { composeFile } from '../../../src/analysis/compose/file-keys.ts';
import { readComposeProject } from '../../../src/analysis/compose/project.ts';
import type { KeyRule, Shape } from '../../../src/analysis/compose/shape.ts';
import { createMemoryTree } from '../memory-tree.ts';

type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/** Values where the shape alone does not make one that has an effect. */
const SAMPLES: Readonly<Record<string, Value>> = {
  name: 'sample-project',
  include: ['included.yaml'],
  'include[].path': 'sub/other.yaml',
  'include[].env_file': 'other.env',
  'include[].project_directory': 'sub',
  'services.a.build': 'sub',
  'services.a.build.context': 'sub',
  'services.a.build.dockerfile': 'Other',
  'services.a.command': 'run it',
  'services.a.cpus': 0.5,
  'services.a.depends_on': ['b'],
  'services.a.depends_on.b.condition': 'service_completed_successfully',
  'services.a.depends_on.b.required': false,
  'services.a.deploy.mode': 'global',
  'services.a.deploy.replicas': 4,
  'services.a.deploy.resources.limits.memory': '64M',
  'services.a.deploy.resources.reservations.memory': '64M',
  'services.a.deploy.restart_policy.condition': 'none',
  'services.a.env_file': 'other.env',
  'services.a.env_file[].path': 'other.env',
  'services.a.env_file[].required': false,
  'services.a.env_file[].format': 'raw',
  'services.a.expose': ['90'],
  'services.a.extends': 'b',
  'services.a.extends.service': 'b',
  'services.a.extends.file': 'included.yaml',
  'services.a.healthcheck.test': 'false',
  'services.a.healthcheck.interval': '7s',
  'services.a.healthcheck.timeout': '7s',
  'services.a.healthcheck.start_period': '7s',
  'services.a.healthcheck.disable': true,
  'services.a.links': ['b'],
  'services.a.networks': { n: { aliases: ['other'] } },
  'services.a.networks.n.aliases': ['other'],
  'services.a.ports[].target': 91,
  'services.a.ports[].protocol': 'udp',
  'services.a.ports': ['91'],
  'services.a.read_only': true,
  'services.a.restart': 'no',
  'services.a.secrets': ['s'],
  'services.a.secrets[].source': 's2',
  'services.a.configs': ['c'],
  'services.a.configs[].source': 'c2',
  'services.a.stop_grace_period': '7s',
  'services.a.user': '77',
  'services.a.volumes': ['/data'],
  'services.a.volumes[].type': 'tmpfs',
  'services.a.volumes[].read_only': true,
  'services.a.volumes[].tmpfs': { size: 1024 },
  'services.a.volumes[].tmpfs.size': 1024,
  'services.a.gpus': 'all',
  'secrets.s.file': 'no-such-file',
  'configs.c.file': 'no-such-file',
  'configs.c.content': 'listen = 80',
};

/** What must stand beside a key for it to mean anything. */
const BESIDE: Readonly<Record<string, Value>> = {
  'include[]': { path: 'included.yaml' },
  'services.a.build': { context: '.' },
  'services.a.depends_on.b': { condition: 'service_started' },
  'services.a.extends': { service: 'base' },
  'services.a.env_file[]': { path: 'quoted.env' },
  'services.a.healthcheck': { test: 'true' },
  'services.a.ports[]': { target: 92 },
  'services.a.volumes[]': { type: 'volume', target: '/data' },
  'services.a.volumes[].tmpfs': {},
  'services.a.secrets[]': { source: 's' },
  'services.a.configs[]': { source: 'c' },
  'services.a.post_start[]': { command: 'x' },
  'services.a.provider': { type: 'x' },
  'models.m': { model: 'x' },
};

/** Names where the table has any name. */
const NAMES: Readonly<Record<string, string>> = {
  services: 'a',
  networks: 'n',
  volumes: 'v',
  secrets: 's',
  configs: 'c',
  models: 'm',
  'services.a.depends_on': 'b',
  'services.a.networks': 'n',
};

interface KeyCase {
  path: string;
  rule: KeyRule;
}

/** Every key down to those that are unmapped: below them nothing is read. */
function listKeys(shape: Shape, path: string): KeyCase[] {
  const found: KeyCase[] = [];
  for (const [key, rule] of Object.entries(shape.keys ?? {})) {
    const at = path === '' ? key : `${path}.${key}`;
    found.push({ path: at, rule });
    if (rule.unmapped === undefined) found.push(...listKeys(rule.shape, at));
  }
  if (shape.items !== undefined) found.push(...listKeys(shape.items, `${path}[]`));
  const name = NAMES[path];
  if (shape.each !== undefined && name !== undefined) found.push(...listKeys(shape.each, `${path}.${name}`));
  return found;
}

function toSample(shape: Shape): Value {
  const [kind = 'string'] = shape.kinds;
  if (shape.values?.[0] !== undefined) return shape.values[0];
  if (kind === 'mapping') return toMappingSample(shape);
  if (kind === 'list') return [toSample(shape.items ?? { kinds: ['string'] })];
  if (kind === 'boolean') return true;
  return kind === 'integer' || kind === 'number' ? 3 : 'sample';
}

function toMappingSample({ each, required = [], keys = {} }: Shape): Value {
  if (each !== undefined) return { sample: toSample(each) };
  return Object.fromEntries(required.map((key) => [key, toSample(keys[key]!.shape)] as const));
}

/** Puts a value at a path, with what must stand beside it on the way. */
function place(model: Holder, path: string, value: Value | undefined): void {
  const steps = path.split(/\.|(?=\[\])/);
  const last = steps.pop() ?? '';
  let at: Value = model;
  let walked = '';
  for (const [index, step] of steps.entries()) {
    const isOfService = walked === 'services.a';
    walked = step === '[]' || walked === '' ? `${walked}${step}` : `${walked}.${step}`;
    const isList = (steps[index + 1] ?? last) === '[]';
    at = enter(at, step, isList ? [] : structuredClone(BESIDE[walked] ?? {}), isOfService);
  }
  if (value !== undefined) (at as Holder)[last] = value;
}

interface Holder {
  [key: string]: Value;
}

function enter(at: Value, step: string, fresh: Value, isReplaced: boolean): Value {
  if (step === '[]') {
    (at as Value[]).push(fresh);
    return fresh;
  }
  const holder = at as Holder;
  if (holder[step] === undefined || isReplaced) holder[step] = fresh;
  return holder[step]!;
}

function createModel(): Holder {
  return {
    services: {
      a: { environment: { QUOTED_HOST: 'other:1' } },
      b: { image: 'redis', configs: ['c'] },
      base: { image: 'base', working_dir: '/base' },
    },
    secrets: { s: {}, s2: {} },
    configs: { c: {}, c2: {} },
    networks: { n: {} },
    volumes: { v: {} },
  };
}

/** What a reader of the result sees, without the lines that say so. */
function readResult(model: Value): string {
  const tree = createMemoryTree({
    'compose.yaml': JSON.stringify(model),
    'included.yaml':
      'services: {inc: {image: "x:${OTHER}", build: {}, working_dir: /w}, b: {image: redis, user: "9"}, base: {image: base2}}',
    'other.env': 'OTHER=1\n',
    'quoted.env': 'Q="a"\n',
    Dockerfile: 'FROM scratch\n',
    Other: 'FROM scratch\n',
    'sub/other.yaml': 'services: {}',
    'sub/Dockerfile': 'FROM scratch\n',
  });
  const project = readComposeProject(tree);
  return JSON.stringify(project, (key, value: unknown) =>
    key === 'evidence' ? undefined : value instanceof Map ? [...value] : value,
  );
}

/** Read, but without a trace of its own: said here, so that the list is short and seen. */
const SILENT: Readonly<Record<string, string>> = {
  services: 'the others are about it',
  networks: 'an empty network says nothing',
  volumes: 'an empty volume says nothing',
  secrets: 'an empty secret says nothing',
  configs: 'an empty config says nothing',
  'services.a.deploy': 'its keys are',
  'services.a.deploy.resources': 'its keys are',
  'services.a.deploy.resources.limits': 'its keys are',
  'services.a.deploy.resources.reservations': 'its keys are',
  'services.a.deploy.restart_policy': 'its keys are',
  'services.a.healthcheck': 'its keys are',
  'services.a.networks': 'aliases are names that others use',
  'services.a.networks.n.aliases': 'aliases are names that others use',
  'services.a.env_file[].required': 'whether a file that is absent is noted: project.test.ts',
};

describe('the table of compose keys', () => {
  const keys = listKeys(composeFile, '');

  it('holds every key of a service', () => {
    expect(keys.filter(({ path }) => /^services\.a\.[a-z_]+$/.test(path)).length).to.be.greaterThan(85);
  });

  for (const { path, rule } of keys) {
    const title = rule.unmapped === undefined ? 'is read' : 'is reported with its reason';
    if (SILENT[path] !== undefined) continue;
    it(`${path} ${title}`, () => {
      const without = createModel();
      place(without, path, undefined);
      const withKey = createModel();
      place(withKey, path, SAMPLES[path] ?? toSample(rule.shape));
      const result = readResult(withKey);
      if (rule.unmapped === undefined) expect(result).not.to.equal(readResult(without));
      else
        expect(result)
          .to.include(rule.unmapped.replaceAll('"', '\\"'))
          .and.to.include(path.replaceAll('[]', ''));
    });
  }
});
