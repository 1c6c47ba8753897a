// Joins all sources into the settings of one run: flags > app > workspace > environment > global > ClusterPersona > defaults.
import { join, relative } from 'node:path';
import type { EffectiveClusterPersona } from '../api/personas.ts';
import type { ComponentOptions } from '../manifests/component-options.ts';
import { assertConsistent } from './check-consistency.ts';
import { readClusterLayer, readComponentFallback } from './cluster-layer.ts';
import { readComponents, readStructures, toComponentOptions } from './component-settings.ts';
import { LAYERS, type FileLayer, type Layer } from './field.ts';
import type { FieldName } from './fields.ts';
import {
  findUnknownVariables,
  readDefaultLayer,
  readEnvironmentLayer,
  readFileLayer,
  readFlagLayer,
  type LayerValues,
  type Setting,
} from './layer-values.ts';
import { APP_FILE, findRepositoryRoot, locateGlobalFile, WORKSPACE_FILE } from './locations.ts';
import { readSettingsText } from './read-file.ts';
import { parseSettingsFile, type SettingsFile } from './settings-file.ts';
import type { Settings } from './settings.ts';

/** Where to look. */
export interface SettingsSources {
  /** Folder of the application, absolute. */
  applicationDir: string;
  /** Root of its repository; default the nearest folder upwards with `.git`. */
  repositoryRoot?: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The user's home; '' for none. */
  home: string;
  /** By name without dashes: `output-dir`; undefined ones are not set. */
  flags?: Readonly<Record<string, unknown>>;
  /** What the cluster says where nobody else does. */
  clusterPersona?: EffectiveClusterPersona;
  /** Instead of the application's own file: what would be, were this its text. */
  appText?: string;
}

/** Reads, validates and joins. Throws DorguError SettingsInvalid, SettingsUnreadable, BadFlagValue. */
export function loadSettings(sources: SettingsSources): Settings {
  const { env, flags = {}, clusterPersona } = sources;
  const files = readFiles(sources);
  const layers = new Map<Layer, LayerValues>([
    ['flag', readFlagLayer(flags)],
    ...files.map((file) => [file.layer, readFileLayer(file)] as const),
    ['environment', readEnvironmentLayer(env)],
    ['cluster', readClusterLayer(clusterPersona)],
    ['default', readDefaultLayer()],
  ]);
  const joined = withExposure(joinLayers(layers));
  const values = new Map<string, unknown>([...joined].map(([name, { value }]) => [name, value]));
  const app = files.find(({ layer }) => layer === 'app');
  // The host of the whole application is no component's own.
  const fallback = readComponentFallback(clusterPersona);
  const defaults = {
    ...(fallback && { fallback }),
    ...toComponentOptions(withoutApplication(values)),
    ...(app && readStructures(app, [], values)),
  };
  const components = app === undefined ? new Map<string, ComponentOptions>() : readComponents(app);
  assertConsistent(defaults, (field) => joined.get(field)?.origin.where);
  for (const [name, options] of components) assertConsistent(options, () => app?.path, name);
  return Object.freeze({
    values: Object.freeze(Object.fromEntries(values)),
    origins: new Map([...joined].map(([name, { origin }]) => [name, origin])),
    defaults: Object.freeze(defaults),
    components,
    files: files.map(({ path }) => path),
    warnings: findUnknownVariables(env),
    ...(clusterPersona && { clusterPersona }),
  });
}

/** `ingress.enabled: true` with a host says what `expose: ingress` says, unless `expose` says something itself. */
function withExposure(joined: ReadonlyMap<FieldName, Setting>): ReadonlyMap<FieldName, Setting> {
  const enabled = joined.get('ingress.enabled');
  const isAsked = enabled?.value === true && joined.has('host');
  if (!isAsked || joined.get('expose')?.origin.layer !== 'default') return joined;
  return new Map([...joined, ['expose', { value: 'ingress', origin: enabled.origin }]]);
}

/** `image` is the application's here; below components it is one component's. */
function withoutApplication(values: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
  return new Map([...values].filter(([name]) => name !== 'image' && name !== 'ingress.host'));
}

function readFiles({ applicationDir, repositoryRoot, env, home, appText }: SettingsSources): SettingsFile[] {
  const root = repositoryRoot ?? findRepositoryRoot(applicationDir);
  const globalFile = locateGlobalFile(env, home);
  const places: [FileLayer, string, string][] = [
    ['app', join(applicationDir, APP_FILE), APP_FILE],
    ['workspace', join(root, WORKSPACE_FILE), relative(applicationDir, join(root, WORKSPACE_FILE))],
    ...(globalFile === undefined ? [] : [['global', globalFile, globalFile] as [FileLayer, string, string]]),
  ];
  return places.flatMap(([layer, path, shown]) => {
    const text = (layer === 'app' ? appText : undefined) ?? readSettingsText(path, shown);
    return text === undefined ? [] : [parseSettingsFile(text, shown, layer)];
  });
}

/** The strongest source that sets it wins; labels and annotations are joined entry by entry, in the same order. */
export function joinLayers(layers: ReadonlyMap<Layer, LayerValues>): ReadonlyMap<FieldName, Setting> {
  const joined = new Map<FieldName, Setting>();
  for (const layer of LAYERS) {
    for (const [name, setting] of layers.get(layer) ?? []) {
      const stronger = joined.get(name);
      if (stronger === undefined) joined.set(name, setting);
      else if (isMap(stronger.value) && isMap(setting.value)) {
        joined.set(name, { ...stronger, value: joinMaps(stronger.value, setting.value) });
      }
    }
  }
  return joined;
}

type TextMap = Readonly<Record<string, string>>;

const isMap = (value: unknown): value is TextMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function joinMaps(stronger: TextMap, weaker: TextMap): TextMap {
  return Object.fromEntries([...Object.entries(weaker), ...Object.entries(stronger)]);
}
