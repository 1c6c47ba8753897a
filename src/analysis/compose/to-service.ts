// Puts together one service: every reader's share, as claims.
import type { Claims } from '../../application/claims.ts';
import type { Note } from '../../application/application.ts';
import { looksSecret } from '../../application/secret-names.ts';
import { aliasesOf } from './aliases.ts';
import { booleanOf, isIncomplete, itemsOf, textOf } from './node.ts';
import { readBuild, type ReadBuild } from './read-build.ts';
import { readCommandClaims } from './read-command.ts';
import { readDependencies, readDependsOn, type Neighbours } from './read-dependencies.ts';
import { readVariablesOf, toEnvironmentClaims } from './read-environment.ts';
import { readHealthClaims } from './read-health.ts';
import { readPorts } from './read-ports.ts';
import { readReplicas, readResources } from './read-resources.ts';
import { readMountedFiles } from './read-mounted-files.ts';
import { readVolumes } from './read-volumes.ts';
import type { Variables } from './interpolate.ts';
import { sourceFolderOf } from './service-role.ts';
import type { ComposeService } from './service.ts';
import { addNote, createComposeFact, createEvidence, valueAt, type ServiceReader } from './service-reader.ts';

/** What a service is, before its neighbours are known. */
export interface ServiceDraft extends ReadBuild {
  reader: ServiceReader;
  image?: string;
}

/** Reads what neighbours need to know. */
export function draftService(reader: ServiceReader): ServiceDraft {
  const built = readBuild(reader);
  const image = readImage(reader);
  return { reader, ...built, ...(image !== undefined && { image }) };
}

function readImage(reader: ServiceReader): string | undefined {
  const node = valueAt(reader, 'image');
  const text = textOf(node);
  if (node === undefined || text === undefined || text === '') return undefined;
  if (!isIncomplete(node)) return looksSecret(text) ? undefined : text;
  addNote(reader, 'missing', 'image: its name holds a variable that has no value here', node);
  // The name alone still says what it is.
  return node.kind === 'scalar' && node.secrets === undefined ? text.replace(/[:@]$/, '') : undefined;
}

/** What a service is completed with. */
export interface Surroundings {
  neighbours: Neighbours;
  /** Names of the services that count. */
  services: ReadonlySet<string>;
  variables: Variables;
  /** Notes about keys of the service that no manifest carries. */
  unmapped: readonly Note[];
}

/** Completes a service. */
export function toService(draft: ServiceDraft, around: Surroundings): ComposeService {
  const { reader, build, image } = draft;
  const own = readVariablesOf(reader, around.variables);
  const dependsOn = readDependsOn(reader, around.services);
  const { volumes, sourceFolder: mounted } = readVolumes(reader, build?.context);
  const files = [...volumes, ...readMountedFiles(reader, 'configs'), ...readMountedFiles(reader, 'secrets')];
  const isBuilt = draft.node !== undefined;
  const sourceFolder = draft.sourceFolder ?? (isBuilt ? undefined : sourceFolderOf(image, mounted));
  const claims: Claims = {
    name: [createComposeFact(reader.name, reader.service, 'compose names the service')],
    ...withCommandEnv(toEnvironmentClaims(own), readCommandClaims(reader)),
    ...readHealthClaims(reader),
    ...readSecurity(reader),
    ...readRunning(reader),
    ports: readPorts(reader),
    dependencies: readDependencies(reader, { dependsOn, variables: own, files }, around.neighbours),
    volumes: files,
    ...readImageClaims(draft),
  };
  const runsOnce = readRunsOnce(reader);
  return {
    name: reader.name,
    evidence: createEvidence(reader.service, `compose service ${reader.name}`),
    ...(build && { build }),
    ...(image !== undefined && { image }),
    ...(sourceFolder !== undefined && { sourceFolder }),
    ...(runsOnce && { runsOnce }),
    claims: { ...claims, notes: [...reader.notes, ...around.unmapped] },
    aliases: aliasesOf(reader.service),
    dependsOn,
    profiles: itemsOf(valueAt(reader, 'profiles')).map((node) => textOf(node) ?? ''),
  };
}

// A secret that the command names may be among the variables already.
function withCommandEnv(environment: Claims, command: Claims): Claims {
  const named = new Set(environment.env?.map(({ name }) => name));
  const added = (command.env ?? []).filter(({ name }) => !named.has(name));
  return { ...command, ...environment, env: [...(environment.env ?? []), ...added] };
}

function readImageClaims({ reader, build, image, node }: ServiceDraft): Claims {
  const imageNode = valueAt(reader, 'image');
  const isKnown = image !== undefined && imageNode !== undefined && !isIncomplete(imageNode);
  return {
    ...(build && {
      build: [
        {
          dockerfile: build.dockerfile,
          context: build.context,
          ...(build.target !== undefined && { target: build.target }),
          evidence: [createEvidence(node ?? reader.service, 'compose builds it')],
        },
      ],
    }),
    ...(isKnown && { image: [createComposeFact(image, imageNode, 'compose names the image')] }),
  };
}

function readSecurity(reader: ServiceReader): Claims {
  const readOnly = valueAt(reader, 'read_only');
  const isReadOnly = booleanOf(readOnly);
  return {
    ...readCapabilities(reader, 'cap_add', 'capabilitiesAdd'),
    ...readCapabilities(reader, 'cap_drop', 'capabilitiesDrop'),
    ...(readOnly !== undefined &&
      isReadOnly !== undefined && {
        readOnlyRoot: [createComposeFact(isReadOnly, readOnly, 'compose sets read_only')],
      }),
  };
}

// Kubernetes spells capabilities without CAP_.
function readCapabilities(
  reader: ServiceReader,
  key: string,
  claim: 'capabilitiesAdd' | 'capabilitiesDrop',
): Claims {
  const node = valueAt(reader, key);
  const names = itemsOf(node).flatMap((item) => {
    const name = (textOf(item) ?? '').toUpperCase().replace(/^CAP_/, '');
    return /^[A-Z_]{1,40}$/.test(name) ? [name] : [];
  });
  if (node === undefined || names.length === 0) return {};
  return { [claim]: [createComposeFact([...new Set(names)], node, `compose sets ${key}`)] };
}

function readRunning(reader: ServiceReader): Claims {
  const resources = readResources(reader);
  const replicas = readReplicas(reader);
  const mode = valueAt(reader, 'deploy', 'mode');
  return {
    ...(resources && { resources }),
    ...(replicas && { replicas }),
    ...(mode !== undefined &&
      textOf(mode) === 'global' && {
        kind: [createComposeFact('daemon' as const, mode, 'compose runs one on every node')],
      }),
  };
}

function readRunsOnce(reader: ServiceReader) {
  const restart = valueAt(reader, 'restart');
  const condition = valueAt(reader, 'deploy', 'restart_policy', 'condition');
  const mode = valueAt(reader, 'deploy', 'mode');
  const node = [
    textOf(restart) === 'no' || textOf(restart) === 'false' ? restart : undefined,
    textOf(condition) === 'none' ? condition : undefined,
    /-job$/.test(textOf(mode) ?? '') ? mode : undefined,
  ].find((one) => one !== undefined);
  if (node === undefined) return undefined;
  return createEvidence(node, 'compose never restarts it');
}
