// What every pipeline from source begins with: path -> settings -> analysis -> what manifests are built with.
import { analyseApplication } from '../analysis/analyse.ts';
import { findRepositoryRoot } from '../analysis/git.ts';
import type { Application } from '../application/application.ts';
import { withServices } from '../application/with-services.ts';
import { withModelWords, type ModelWords } from '../application/model-words.ts';
import { DorguError } from '../api/errors.ts';
import type { EffectiveClusterPersona } from '../api/personas.ts';
import type { ManifestOptions } from '../manifests/options.ts';
import { loadSettings } from '../settings/load-settings.ts';
import type { Settings } from '../settings/settings.ts';
import { applyDeclaredTypes } from './declared-types.ts';
import { toManifestOptions } from './manifest-options.ts';
import { readModelWords } from './model-words-file.ts';
import { readBuildInputs } from './read-build-inputs.ts';

/** What a run starts from. */
export interface GenerationInput {
  /** The application's folder, absolute. */
  directory: string;
  /** By name without dashes: `output-dir`; undefined ones are not set. */
  flags?: Readonly<Record<string, unknown>>;
  composeFiles?: readonly string[];
  target?: string;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  /** What the cluster says where nobody else does: its defaults and conventions. */
  clusterPersona?: EffectiveClusterPersona | undefined;
  /** Instead of the text of .dorgu.yaml. */
  appText?: string | undefined;
  /** This program's version, for persona and headers. */
  generatorVersion: string;
  /** What a language model said in this run; absent: what is kept of an earlier one. */
  modelWords?: ModelWords | 'none' | undefined;
  onProgress?: (step: string) => void;
  signal?: AbortSignal;
}

/** An application that is understood. */
export interface PreparedApplication {
  settings: Settings;
  application: Application;
  options: ManifestOptions;
}

/**
 * Reads settings and source.
 * @throws DorguError as analysis and settings do; NothingToDeploy (refused) for a command-line program
 */
export async function prepareApplication(input: GenerationInput): Promise<PreparedApplication> {
  const settings = readSettings(input);
  const analysed = await analyseApplication(input.directory, {
    ...(input.composeFiles && { composeFiles: input.composeFiles }),
    ...(input.target !== undefined && { target: input.target }),
    ...(input.onProgress && { onProgress: input.onProgress }),
    ...(input.signal && { signal: input.signal }),
  });
  const whole = withServices(analysed, settings.values.external);
  if (whole.components.length === 0) throw nothingLeft(input.directory);
  const application = withModelWords(applyDeclaredTypes(whole, settings), chooseWords(input));
  const options = Object.freeze({
    ...toManifestOptions(application, settings, input.generatorVersion),
    buildInputs: readBuildInputs(input.directory, application),
  });
  if (application.components.every(({ kind }) => kind === 'cli')) throw nothingToDeploy(application);
  return { settings, application, options };
}

function chooseWords({ directory, modelWords }: GenerationInput): ModelWords | undefined {
  if (modelWords === undefined) return readModelWords(directory);
  return modelWords === 'none' ? undefined : modelWords;
}

/** The settings of a run. @throws DorguError as {@link loadSettings} */
export function readSettings({
  directory,
  env,
  home,
  flags,
  clusterPersona,
  appText,
}: GenerationInput): Settings {
  const repositoryRoot = findRepositoryRoot(directory);
  return loadSettings({
    applicationDir: directory,
    env,
    home,
    ...(repositoryRoot !== undefined && { repositoryRoot }),
    ...(flags && { flags }),
    ...(clusterPersona && { clusterPersona }),
    ...(appText !== undefined && { appText }),
  });
}

function nothingLeft(directory: string): DorguError {
  return new DorguError('NothingToDeploy', `every service of ${directory} is said to run elsewhere`, {
    hint: 'name fewer of them in --external or in external of .dorgu.yaml',
  });
}

function nothingToDeploy({ components }: Application): DorguError {
  const names = components.map(({ name }) => name).join(', ');
  return new DorguError('NothingToDeploy', `${names} is a command-line program: there is nothing to deploy`, {
    hint: 'if it serves or works in the background, say so in .dorgu.yaml: app: {type: api}, or worker, cron, daemon',
  });
}
