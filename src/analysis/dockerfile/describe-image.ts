// Turns the evaluated final stage into facts: every value with its line, no secret among them.
import { posix } from 'node:path';
import { CONFIDENCE, createFact, type Fact } from '../../application/fact.ts';
import { hasSecret, redactText } from '../../application/redact.ts';
import { isSecret } from '../../application/secret-names.ts';
import type { SourceTree } from '../source-tree.ts';
import type { DockerBuild, DockerfileOptions } from './build.ts';
import { noteImage } from './describe-notes.ts';
import type { EvaluatedStages, Stage } from './evaluate-stages.ts';
import type { Evaluation } from './evaluation.ts';
import { readExposed } from './exposed-ports.ts';
import { parseHealthcheck } from './health-probe.ts';
import type { ImageState, Placed, WrittenCommand } from './image-state.ts';
import { resolveUser } from './image-user.ts';
import { toArgv } from './start-argv.ts';

/** A command of more words is cut: it is shown, not run. */
const MAX_WORDS = 500;

/** Describes the image that `stages.final` builds. Throws DockerfileInvalid for a HEALTHCHECK that is none. */
export function describeImage(
  tree: SourceTree,
  { dockerfile, context, target }: DockerfileOptions,
  evaluation: Evaluation,
  stages: EvaluatedStages,
): DockerBuild {
  const { state } = stages.final;
  const fact = (reason: string, { value, line }: Placed): Fact<string> =>
    createFact(evaluation.hideSecrets(redactText(value)), CONFIDENCE.dockerfile, {
      file: dockerfile,
      line,
      reason,
    });
  const user = describeUser(tree, context, evaluation, stages);
  const copied = state.copies.filter(({ from }) => from === undefined);
  const images = stages.stages.filter((stage) => !stage.isFromStage);
  const all = stages.stages.flatMap((stage) => stage.state.copies).filter(({ from }) => from === undefined);
  return {
    dockerfile,
    context,
    ...describeTarget(stages, target),
    baseImage: fact(`FROM ${redactText(state.base.value)}`, state.base),
    stageImages: images.map(({ from }) => fact(`FROM ${redactText(from.value)}`, from)),
    exposed: readExposed(state.exposed, dockerfile),
    env: describePairs(state.env, 'ENV', evaluation),
    args: [...state.args.keys()],
    ...(user && { user }),
    ...describeCommands(state, evaluation),
    ...describeHealth(state, evaluation),
    volumes: state.volumes.map((volume) => fact('VOLUME', volume)),
    ...(state.workdir && { workdir: fact('WORKDIR', state.workdir) }),
    ...(state.stopSignal && { stopSignal: fact('STOPSIGNAL', state.stopSignal) }),
    labels: describePairs(state.labels, 'LABEL', evaluation),
    copied: toSources(copied),
    copies: state.copies,
    contextSources: toSources(all),
    secretNames: describeSecrets(state, evaluation),
    notes: noteImage(stages, evaluation, target),
  };
}

// A stage that is not the last has to be named to the builder, also where nobody but its name asked for it.
function describeTarget({ final, stages }: EvaluatedStages, target?: string): Pick<DockerBuild, 'target'> {
  const chosen = target ?? (final === stages.at(-1) ? undefined : final.name);
  return chosen === undefined ? {} : { target: chosen };
}

function describePairs(
  pairs: ReadonlyMap<string, Placed>,
  keyword: string,
  evaluation: Evaluation,
): Fact<{ name: string; value: string }>[] {
  return [...pairs]
    .filter(([name, { value }]) => !isSecretPair(name, value, evaluation))
    .map(([name, { value, line }]) =>
      createFact({ name, value }, CONFIDENCE.imageEnv, {
        file: evaluation.file,
        line,
        reason: `${keyword} ${name}`,
      }),
    );
}

function isSecretPair(name: string, value: string, evaluation: Evaluation): boolean {
  // A list of signing keys' fingerprints is no secret, however random its words.
  const isDigest = /gpg|sha\d|checksum|digest|commit|fingerprint/i.test(name);
  return isSecret(name, value) || (!isDigest && hasSecret(value)) || evaluation.holdsSecret(value);
}

function describeSecrets(state: ImageState, evaluation: Evaluation): Fact<string>[] {
  const written = [
    ...[...state.env].map(([name, placed]) => ({ keyword: 'ENV', name, ...placed })),
    ...[...state.labels].map(([name, placed]) => ({ keyword: 'LABEL', name, ...placed })),
  ];
  return written
    .filter(({ name, value }) => value !== '' && isSecretPair(name, value, evaluation))
    .map(({ keyword, name, line }) =>
      createFact(name, CONFIDENCE.dockerfile, {
        file: evaluation.file,
        line,
        reason: `${keyword} ${name} carries a secret in the image`,
      }),
    );
}

type Commands = Pick<DockerBuild, 'entrypoint' | 'command' | 'isShellForm'>;

function describeCommands({ entrypoint, command }: ImageState, evaluation: Evaluation): Commands {
  const describe = (keyword: string, written: WrittenCommand): Fact<string[]> =>
    createFact(hideWords(toArgv(written).slice(0, MAX_WORDS), evaluation), CONFIDENCE.dockerfile, {
      file: evaluation.file,
      line: written.line,
      reason: `${keyword} in ${written.isShellForm ? 'shell' : 'JSON'} form`,
    });
  const hasEntrypoint = entrypoint !== undefined && entrypoint.words.length > 0;
  const hasCommand = command !== undefined && command.words.length > 0;
  return {
    ...(hasEntrypoint && { entrypoint: describe('ENTRYPOINT', entrypoint) }),
    ...(hasCommand && { command: describe('CMD', command) }),
    isShellForm: (hasEntrypoint && entrypoint.isShellForm) || (hasCommand && command.isShellForm),
  };
}

// `["--password", "x"]` shows its secret only when both words are read together.
function hideWords(argv: readonly string[], evaluation: Evaluation): string[] {
  return argv.map((word, at) => {
    const before = argv[at - 1] ?? '';
    const isValue = /^--?[A-Za-z]/.test(before) && !before.includes('=') && !word.startsWith('-');
    if (isValue && hasSecret(`${argv[0] ?? ''} ${before} ${word.replace(/\s/g, '_')}`)) return '***';
    return evaluation.hideSecrets(redactText(word));
  });
}

function describeHealth(state: ImageState, evaluation: Evaluation): Pick<DockerBuild, 'healthcheck'> {
  if (!state.healthcheck) return {};
  const lookup = (name: string): string | undefined => state.env.get(name)?.value;
  const probe = parseHealthcheck(state.healthcheck, state.shell, lookup, evaluation.file);
  const texts = [probe?.path, probe?.service, probe?.command?.join(' ')].filter((text) => text !== undefined);
  const isSafe = !texts.some((text) => hasSecret(text) || evaluation.holdsSecret(text));
  return probe && isSafe ? { healthcheck: probe } : {};
}

function describeUser(
  tree: SourceTree,
  context: string,
  { file }: Evaluation,
  { final, stages }: EvaluatedStages,
): DockerBuild['user'] {
  const { state } = final;
  const passwd = state.copies.filter(({ sources }) =>
    sources.some((source) => /(?:^|\/)passwd$/.test(source)),
  );
  const donors = passwd.flatMap(({ from }) => findStage(stages, from) ?? []);
  const files = passwd
    .filter(({ from }) => from === undefined)
    .flatMap(({ sources }) => sources.map((source) => tree.read(posix.join(context, source)) ?? ''));
  return resolveUser({
    file,
    ...(state.user && { user: state.user }),
    base: state.base,
    runs: [...donors.flatMap((donor) => donor.state.runs), ...state.runs],
    images: [state.base.value, ...donors.map((donor) => donor.state.base.value)],
    passwd: files,
  });
}

function findStage(stages: readonly Stage[], from: string | undefined): Stage | undefined {
  if (from === undefined) return undefined;
  const named = stages.findLast((stage) => stage.name === from.toLowerCase());
  return named ?? (/^\d+$/.test(from) ? stages[Number(from)] : undefined);
}

function toSources(copies: ImageState['copies']): Fact<string>[] {
  return copies.flatMap(({ sources, evidence }) =>
    sources.map((source) => createFact(source, CONFIDENCE.dockerfile, evidence)),
  );
}
