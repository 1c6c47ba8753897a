// The settings of one run: every value with where it came from, and what .dorgu.yaml says about single components.
import type { EffectiveClusterPersona } from '../api/personas.ts';
import type { ComponentOptions } from '../manifests/component-options.ts';
import type { Layer } from './field.ts';
import type { FieldName, SettingValues } from './fields.ts';

/** Where a value came from. */
export interface Origin {
  layer: Layer;
  /** `--namespace`, `.dorgu.yaml:12`, `DORGU_NAMESPACE`, `ClusterPersona prod`, `default`. */
  where: string;
}

/** Frozen; the same inputs give the same value. */
export interface Settings {
  /** The value of each setting that is set somewhere, or has a default. */
  readonly values: SettingValues;
  /** For each of {@link values}. A map of labels has the strongest origin of its entries. */
  readonly origins: ReadonlyMap<FieldName, Origin>;
  /** What holds for every component: ManifestOptions.defaults. */
  readonly defaults: ComponentOptions;
  /** By name as .dorgu.yaml has it below `components`: ManifestOptions.components. */
  readonly components: ReadonlyMap<string, ComponentOptions>;
  /** The files that were read, as they are shown to a person. */
  readonly files: readonly string[];
  /** What a person may want to know, one line each: DORGU_ variables that nobody reads. */
  readonly warnings: readonly string[];
  /** The ClusterPersona that settings were completed from; absent where nobody asked for one. */
  readonly clusterPersona?: EffectiveClusterPersona;
}
