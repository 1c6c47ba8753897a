// What a Dockerfile claims about its component: how it starts, where it listens, who it runs as, what it is made of.
import type { Note } from '../../application/application.ts';
import type { Claims } from '../../application/claims.ts';
import type { EnvFact, PortFact, VolumeFact } from '../../application/component.ts';
import { CONFIDENCE, type Fact } from '../../application/fact.ts';
import { isSecretName } from '../../application/secret-names.ts';
import type { Analyser } from '../analyser.ts';
import type { DockerBuild } from '../dockerfile/build.ts';
import { findCommandPorts, findPortVariables } from '../shell/command-ports.ts';
import { defaultsOfImage } from '../images/defaults.ts';
import { languageOfImage } from '../images/languages.ts';
import { isFileServer, serviceOfImage } from '../images/services.ts';
import { findVariables } from '../shell/variables.ts';
import { scriptOf, toCommandLine } from '../shell/script.ts';

const TEMPORARY = /^\/(?:tmp|var\/tmp|run|var\/run|var\/cache|var\/log)(?:\/|$)/;
const WEB_ROOT =
  /^\/?(?:usr\/share\/nginx|var\/www|usr\/local\/apache2\/htdocs|usr\/share\/caddy|srv|public|html)/;

/** Reads the evaluated Dockerfile of a scope. */
export const dockerfileAnalyser: Analyser = {
  name: 'dockerfile',
  analyse: ({ build }) => (build ? claimBuild(build) : {}),
};

function claimBuild(build: DockerBuild): Claims {
  const argv = runningArgv(build);
  return {
    ...claimOrigin(build),
    ...claimStart(argv),
    ports: claimPorts(build, argv),
    portVariables: claimPortVariables(build, argv),
    ...(build.healthcheck && { liveness: [build.healthcheck] }),
    env: claimEnv(build),
    environment: claimEnvironment(build),
    ...(build.user && { user: [build.user] }),
    ...(build.workdir && { workingDirectory: [build.workdir] }),
    ...(build.stopSignal && { stopSignal: [build.stopSignal] }),
    volumes: build.volumes.map(toVolume),
    notes: [...build.notes, ...build.secretNames.map(noteSecret)],
  };
}

// ENTRYPOINT and CMD as they run together: a shell-form ENTRYPOINT takes no arguments.
function runningArgv({ entrypoint, command }: DockerBuild): Fact<string[]> | undefined {
  if (!entrypoint || !command) return entrypoint ?? command;
  if (scriptOf(entrypoint.value) !== undefined) return entrypoint;
  return {
    value: [...entrypoint.value, ...command.value],
    confidence: entrypoint.confidence,
    evidence: [...entrypoint.evidence, ...command.evidence],
  };
}

function claimStart(argv: Fact<string[]> | undefined): Claims {
  if (!argv) return {};
  // What the image runs is what will run, whatever a manifest of the language suggests.
  const startCommand = { ...argv, value: toCommandLine(argv.value), confidence: CONFIDENCE.imageCommand };
  return { startCommand: [startCommand], imageCommand: [argv] };
}

function claimOrigin(build: DockerBuild): Claims {
  const dockerfile = build.baseImage.evidence[0] ?? { file: build.dockerfile, reason: 'Dockerfile' };
  return {
    build: [
      {
        dockerfile: build.dockerfile,
        context: build.context,
        ...(build.target !== undefined && { target: build.target }),
        evidence: [dockerfile],
      },
    ],
    ...claimLanguage(build),
    ...claimLabels(build),
    ...claimStatic(build),
  };
}

// The image that runs says it; where it says none (scratch, alpine, nginx), the stage that compiled.
function claimLanguage({ baseImage, stageImages }: DockerBuild): Claims {
  const speaking = [baseImage, ...stageImages.toReversed()].find(({ value }) => languageOfImage(value));
  const found = speaking && languageOfImage(speaking.value);
  if (!found) return {};
  const { evidence } = speaking;
  return {
    language: [{ value: found.language, confidence: CONFIDENCE.imageTable, evidence }],
    ...(found.version !== undefined && {
      languageVersion: [{ value: found.version, confidence: CONFIDENCE.dockerfile, evidence }],
    }),
  };
}

function claimLabels({ labels }: DockerBuild): Claims {
  const find = (...names: string[]): Fact<string>[] =>
    names
      .flatMap((name) => labels.filter((label) => label.value.name === name).slice(0, 1))
      .filter(({ value }) => value.value.trim() !== '' && !value.value.includes('$'))
      .map(({ value, evidence }) => ({
        value: value.value.trim(),
        confidence: CONFIDENCE.dockerfile,
        evidence,
      }));
  return {
    version: find('org.opencontainers.image.version', 'org.label-schema.version', 'version'),
    description: find('org.opencontainers.image.description', 'org.label-schema.description', 'description'),
  };
}

// A file server with files put where it serves them from.
function claimStatic({ baseImage, copies, copied }: DockerBuild): Claims {
  const served = copies.find(({ destination }) => WEB_ROOT.test(destination));
  if (!isFileServer(baseImage.value) || (!served && copied.length === 0)) return {};
  const evidence = [...baseImage.evidence, ...(served ? [served.evidence] : [])];
  return {
    kind: [{ value: 'static', confidence: served ? CONFIDENCE.dockerfile : CONFIDENCE.hint, evidence }],
  };
}

function claimPorts(build: DockerBuild, argv: Fact<string[]> | undefined): PortFact[] {
  const env = new Map(build.env.map(({ value }) => [value.name, value.value]));
  const named = findCommandPorts(argv?.value ?? [], env).map(({ port, flag, fromEnv }): PortFact => ({
    value: port,
    protocol: 'TCP',
    confidence: CONFIDENCE.imageCommand,
    evidence: (argv?.evidence ?? [])
      .slice(-1)
      .map((one) => ({ ...one, reason: `${flag} in the start command` })),
    ...(fromEnv !== undefined && { fromEnv }),
  }));
  const exposed = build.exposed.map((port): PortFact => ({ ...port }));
  const spoken = [...named, ...exposed];
  const implied = spoken.length > 0 ? [] : claimSetPort(build);
  return [...spoken, ...implied, ...claimBasePorts(build, env), ...claimImagePorts(build)];
}

// An image that starts what its base starts listens where that does: a PostgreSQL with tables of its own.
function claimImagePorts({ baseImage, entrypoint, command }: DockerBuild): PortFact[] {
  const known = entrypoint || command ? undefined : serviceOfImage(baseImage.value);
  return (known?.ports ?? []).map((value) => ({
    value,
    protocol: 'TCP',
    confidence: CONFIDENCE.imageTable,
    evidence: baseImage.evidence.map((one) => ({
      ...one,
      reason: `${baseImage.value} listens on ${value} unless told otherwise`,
    })),
  }));
}

function claimPortVariables(build: DockerBuild, argv: Fact<string[]> | undefined): Fact<string>[] {
  const env = new Map(build.env.map(({ value }) => [value.name, value.value]));
  return findPortVariables(argv?.value ?? [], env).map((name) => ({
    value: name,
    confidence: CONFIDENCE.imageCommand,
    evidence: (argv?.evidence ?? [])
      .slice(-1)
      .map((one) => ({ ...one, reason: `the start command listens on $${name}` })),
  }));
}

// Who sets PORT in an image means the port, even where nothing here is seen to read it; anything firmer overrules it.
function claimSetPort({ env }: DockerBuild): PortFact[] {
  return env
    .filter(({ value: { name, value } }) => name === 'PORT' && /^\d{2,5}$/.test(value))
    .map(({ value, evidence }) => ({
      value: Number(value.value),
      protocol: 'TCP',
      fromEnv: 'PORT',
      confidence: CONFIDENCE.example,
      evidence: evidence.map((one) => ({ ...one, reason: `PORT is ${value.value}` })),
    }));
}

// ASP.NET listens where these say; base images of .NET set them.
function claimBasePorts(build: DockerBuild, env: ReadonlyMap<string, string>): PortFact[] {
  const base = defaultsOfImage(build.baseImage.value).env;
  const find = (name: string): number =>
    Number(/(\d{1,5})\/?$/.exec((env.get(name) ?? '').split(/[;,]/, 1)[0] ?? '')?.[1]);
  const names = ['ASPNETCORE_URLS', 'ASPNETCORE_HTTP_PORTS'];
  const name = names.find((one) => env.has(one));
  if (name === undefined || !(find(name) > 0)) return [];
  const isOfBase = env.get(name) === base.get(name);
  const evidence = isOfBase
    ? build.baseImage.evidence.map((one) => ({ ...one, reason: `${build.baseImage.value} sets ${name}` }))
    : build.env.filter(({ value }) => value.name === name).flatMap((one) => one.evidence);
  const confidence = isOfBase ? CONFIDENCE.imageTable : CONFIDENCE.imageEnv;
  return [{ value: find(name), protocol: 'TCP', confidence, evidence }];
}

function claimEnvironment(build: DockerBuild): NonNullable<Claims['environment']> {
  const base = defaultsOfImage(build.baseImage.value).env;
  return build.env
    .filter(
      ({ value }) => value.value !== '' && value.name !== 'PATH' && base.get(value.name) !== value.value,
    )
    .map((one) => ({ ...one, confidence: CONFIDENCE.imageEnv }));
}

// Variables that the start command itself reads are read by the component.
function claimEnv(build: DockerBuild): EnvFact[] {
  const own = new Set(build.env.map(({ value }) => value.name));
  const secrets = build.secretNames.map(({ value, evidence }): EnvFact => ({
    name: value,
    kind: 'secret',
    required: false,
    evidence,
  }));
  const script = [build.entrypoint, build.command].flatMap((part) => (part ? [part] : []));
  const read = script.flatMap(({ value, evidence }) =>
    findVariables(scriptOf(value) ?? '')
      .filter(
        (name) => /^[A-Z][A-Z0-9_]+$/.test(name) && !own.has(name) && name !== 'HOSTNAME' && name !== 'PATH',
      )
      .map((name): EnvFact => ({
        name,
        kind: isSecretName(name) ? 'secret' : 'config',
        required: false,
        evidence,
      })),
  );
  return [...secrets.filter(({ evidence }) => evidence[0]?.reason.startsWith('ENV ')), ...read];
}

function toVolume({ value, evidence }: Fact<string>): VolumeFact {
  return { path: value, kind: TEMPORARY.test(value) ? 'temporary' : 'data', evidence };
}

function noteSecret({ value, evidence }: Fact<string>): Note {
  const [at] = evidence;
  const place = at ? `${at.file}:${at.line ?? 1}: ` : '';
  const message = `${place}${value} carries a secret inside the image, where everybody who pulls it can read it; give it at run time instead`;
  return { kind: 'advice', message, evidence };
}
