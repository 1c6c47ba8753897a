// krew's rules for a plugin's manifest: what `krew install` and the checks of krew-index refuse, and what reviewers there ask for.
import { parse } from 'yaml';

/** The systems and processors that krew knows. */
const supported: readonly (readonly [os: string, arch: string])[] = [
  ...['386', 'amd64', 'arm64'].map((arch) => ['windows', arch] as const),
  ...['386', 'amd64', 'arm', 'arm64', 'ppc64le'].map((arch) => ['linux', arch] as const),
  ...['386', 'amd64', 'arm64'].map((arch) => ['darwin', arch] as const),
];

/** Names that Windows keeps for itself. */
const forbiddenNames = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])$/i;

/** As semver.org has it, with a v before it. */
const semanticVersion =
  /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What is wrong with the manifest of the plugin that has this name, a line each; none where krew takes it. */
export function checkManifest(name: string, text: string): string[] {
  const manifest = fieldsOf(parse(text));
  const spec = fieldsOf(manifest['spec']);
  const platforms = Array.isArray(spec['platforms']) ? (spec['platforms'] as unknown[]).map(fieldsOf) : [];
  return [
    ...checkHead(name, manifest),
    ...checkWords(spec),
    ...(platforms.length === 0 ? ['spec.platforms has none'] : []),
    ...platforms.flatMap((platform, index) =>
      checkPlatform(platform).map((finding) => `spec.platforms[${index}]: ${finding}`),
    ),
    ...checkOverlap(platforms),
  ];
}

function checkHead(name: string, manifest: Fields): string[] {
  const found = textOf(fieldsOf(manifest['metadata'])['name']);
  return [
    ...(manifest['apiVersion'] === 'krew.googlecontainertools.github.com/v1alpha2'
      ? []
      : ['apiVersion is not krew.googlecontainertools.github.com/v1alpha2']),
    ...(manifest['kind'] === 'Plugin' ? [] : ['kind is not Plugin']),
    ...(/^[\w-]+$/.test(name) && !forbiddenNames.test(name) ? [] : [`${name} is no name for a plugin`]),
    ...(found === name ? [] : [`metadata.name is ${JSON.stringify(found)}, not ${JSON.stringify(name)}`]),
  ];
}

function checkWords(spec: Fields): string[] {
  const version = textOf(spec['version']);
  const summary = textOf(spec['shortDescription']);
  return [
    ...(semanticVersion.test(version) ? [] : ['spec.version is no semantic version with a leading v']),
    ...(summary === '' ? ['spec.shortDescription is empty'] : []),
    ...(/[\r\n]/.test(summary) ? ['spec.shortDescription has a line break'] : []),
    ...(summary.length > 50 ? ['spec.shortDescription is longer than 50 characters'] : []),
    ...(/kubectl|plugin/i.test(summary) ? ['spec.shortDescription says kubectl or plugin'] : []),
    ...(summary.endsWith('.') ? ['spec.shortDescription ends in a full stop'] : []),
    ...(textOf(spec['description']) === '' ? ['spec.description is empty'] : []),
    ...(textOf(spec['homepage']).startsWith('https://') ? [] : ['spec.homepage is no https address']),
  ];
}

function checkPlatform(platform: Fields): string[] {
  const uri = textOf(platform['uri']);
  const bin = textOf(platform['bin']);
  return [
    ...(uri.startsWith('https://') ? [] : ['uri is no https address']),
    ...(/\.(tar\.gz|zip)$/.test(uri) ? [] : ['uri names neither a .tar.gz nor a .zip']),
    ...(/^[a-f0-9]{64}$/.test(textOf(platform['sha256'])) ? [] : ['sha256 is not 64 digits in lower case']),
    ...(bin === '' ? ['bin is empty'] : []),
    ...(bin.startsWith('/') || bin.split('/').includes('..') ? ['bin leads out of the folder'] : []),
    ...checkFiles(platform['files']),
    ...checkSelector(platform, bin),
  ];
}

function checkFiles(files: unknown): string[] {
  if (files === undefined) return [];
  if (!Array.isArray(files) || files.length === 0) return ['files is there and holds none'];
  return files
    .map(fieldsOf)
    .flatMap(({ from, to }) => [
      ...(textOf(from) === '' ? ['a file has no from'] : []),
      ...(textOf(to) === '' ? ['a file has no to'] : []),
      ...(/^(?:\/|.*\.\.)/.test(textOf(to)) ? ['a file is put outside of the folder'] : []),
      ...(/^\.\/.|\/$|\/\//.test(textOf(to)) ? ['a to is not written in the shortest way'] : []),
    ]);
}

function checkSelector(platform: Fields, bin: string): string[] {
  const selector = fieldsOf(platform['selector']);
  const keys = [
    ...Object.keys(fieldsOf(selector['matchLabels'])),
    ...toExpressions(selector).map(({ key }) => key),
  ];
  const matched = matchPlatforms(platform);
  return [
    ...(keys.length === 0 ? ['selector is empty'] : []),
    ...keys.filter((key) => key !== 'os' && key !== 'arch').map((key) => `selector has the key ${key}`),
    ...(matched.length === 0 ? ['selector fits no platform that krew knows'] : []),
    ...(matched.some(([os]) => os === 'windows') && !bin.endsWith('.exe')
      ? ['bin is no .exe on Windows']
      : []),
  ];
}

interface Expression {
  key: string;
  operator: string;
  values: unknown[];
}

function toExpressions(selector: Fields): Expression[] {
  const expressions = selector['matchExpressions'];
  return (Array.isArray(expressions) ? (expressions as unknown[]) : []).map(fieldsOf).map((one) => ({
    key: textOf(one['key']),
    operator: textOf(one['operator']),
    values: Array.isArray(one['values']) ? (one['values'] as unknown[]) : [],
  }));
}

function matchPlatforms(platform: Fields): (readonly [os: string, arch: string])[] {
  const selector = fieldsOf(platform['selector']);
  const labels = Object.entries(fieldsOf(selector['matchLabels']));
  const expressions = toExpressions(selector);
  return supported.filter(([os, arch]) => {
    const valueOf = (key: string) =>
      new Map([
        ['os', os],
        ['arch', arch],
      ]).get(key);
    return (
      labels.every(([key, value]) => valueOf(key) === value) &&
      expressions.every(({ key, operator, values }) => {
        if (operator === 'In') return values.includes(valueOf(key));
        if (operator === 'NotIn') return !values.includes(valueOf(key));
        return (operator === 'Exists') === (valueOf(key) !== undefined);
      })
    );
  });
}

function checkOverlap(platforms: readonly Fields[]): string[] {
  return supported
    .filter((one) => platforms.filter((platform) => matchPlatforms(platform).includes(one)).length > 1)
    .map(([os, arch]) => `more than one of spec.platforms is for ${os}/${arch}`);
}
