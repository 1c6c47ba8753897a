// Reads the compose project of an application: files found, loaded, merged, checked, and every service as claims.
import { posix } from 'node:path';
import type { Note } from '../../application/application.ts';
import { serviceOfImage } from '../images/services.ts';
import type { SourceTree } from '../source-tree.ts';
import { checkCycles } from './check-cycles.ts';
import { checkResources } from './check-resources.ts';
import { reportUnmapped } from './coverage.ts';
import { findComposeFiles } from './find-compose-files.ts';
import type { Variables } from './interpolate.ts';
import { createLoadContext, resolvePath, type LoadContext } from './load-context.ts';
import { loadModel, readVariables } from './load-model.ts';
import { dropResets } from './merge.ts';
import { createMapping, entriesOf, entryOf, textOf, type MappingNode } from './node.ts';
import type { Neighbour } from './read-dependencies.ts';
import { readPorts } from './read-ports.ts';
import { collectSecretValues } from './secret-values.ts';
import { claimAliases, aliasesOf } from './aliases.ts';
import { claimJobs } from './claim-jobs.ts';
import { chooseServices } from './service-role.ts';
import type { ComposeProject, ComposeService } from './service.ts';
import { draftService, toService, type ServiceDraft } from './to-service.ts';

/** What a person may say about compose. Nothing is taken from the process's environment. */
export interface ComposeOptions {
  /** Files to merge in order, relative to the application, instead of those found by name. */
  files?: readonly string[];
  /** Variables that overrule .env. Default none, so that the result is the same on every machine. */
  environment?: Variables;
  /** Profiles whose services count too; `*` is all. */
  profiles?: readonly string[];
}

/**
 * The project, or undefined where the application has no compose file.
 * @throws DorguError ComposeSyntax, ComposeInvalid, ComposeCycle, ComposeTooLarge, ComposeFileMissing, PathOutsideApplication
 */
export function readComposeProject(
  tree: SourceTree,
  options: ComposeOptions = {},
): ComposeProject | undefined {
  const context = createLoadContext(tree, options.environment ?? new Map());
  const found = findFiles(context, options);
  if (found === undefined) return undefined;
  const { files, base, variables, notes } = found;
  const place = { file: files[0] ?? '', line: 1, column: 1 };
  const merged = dropResets(loadModel(context, { files, base, variables, place }));
  const model = merged.kind === 'mapping' ? merged : createMapping([], merged);
  const chosen = chooseServices(entryOf(model, 'services'), toProfiles(options, variables));
  checkCycles(entryOf(model, 'services'));
  checkResources(context, model, chosen.names);
  const services = readServices(context, model, chosen.names, variables);
  const name = textOf(entryOf(model, 'name')) ?? variables.get('COMPOSE_PROJECT_NAME');
  return {
    ...(name !== undefined && name !== '' && { name }),
    files: context.files,
    services: services.services,
    notes: [...notes, ...missingNotes(context), ...context.notes, ...chosen.notes, ...services.notes],
  };
}

interface FoundFiles {
  files: readonly string[];
  base: string;
  variables: Variables;
  notes: Note[];
}

function findFiles(context: LoadContext, options: ComposeOptions): FoundFiles | undefined {
  const root = readVariables(context, ['.env'], context.environment);
  const named = (options.files ?? []).map((file) => toNamedFile(context, file));
  const found = named.length > 0 ? { files: named, alternatives: [] } : findComposeFiles(context.tree, root);
  const first = found?.files[0];
  if (found === undefined || first === undefined) return undefined;
  const base = posix.dirname(first);
  const variables = base === '.' ? root : readVariables(context, [`${base}/.env`], context.environment);
  const notes = found.alternatives.map((file): Note => ({
    kind: 'advice',
    message: `${file} is not read: it is an alternative to ${found.files.join(' and ')}; name it with --compose-file to use it`,
    evidence: [{ file, reason: 'an alternative compose file' }],
  }));
  return { files: found.files, base, variables, notes };
}

function toNamedFile(context: LoadContext, file: string): string {
  const place = { file, line: 1, column: 1 };
  return resolvePath(context, { kind: 'scalar', value: file, place }, file, '--compose-file');
}

function toProfiles(options: ComposeOptions, variables: Variables): string[] {
  const fromVariables = (variables.get('COMPOSE_PROFILES') ?? '').split(',').filter((one) => one !== '');
  return [...(options.profiles ?? []), ...fromVariables];
}

function readServices(
  context: LoadContext,
  model: MappingNode,
  names: ReadonlySet<string>,
  variables: Variables,
): { services: ComposeService[]; notes: Note[] } {
  const secretValues = collectSecretValues(entryOf(model, 'services'), variables);
  const drafts = entriesOf(entryOf(model, 'services'))
    .filter(([name]) => names.has(name))
    .map(([name, service]) => draftService({ context, model, name, service, secretValues, notes: [] }));
  const neighbours = new Map(drafts.flatMap(toNeighbours));
  const unmapped = Map.groupBy(reportUnmapped(model, names), (note) => note.component);
  const services = drafts.map((draft) => {
    const own = unmapped.get(draft.reader.name) ?? [];
    return toService(draft, { neighbours, services: names, variables, unmapped: own });
  });
  claimJobs(services);
  claimAliases(services);
  return { services, notes: unmapped.get(undefined) ?? [] };
}

function toNeighbours(draft: ServiceDraft): [string, Neighbour][] {
  const { reader, image } = draft;
  const isOwn = draft.node !== undefined || draft.sourceFolder !== undefined;
  // Faults in ports are reported when the service itself is read; notes would stand there twice.
  const claimed = readPorts({ ...reader, notes: [] }).map((port) => port.value);
  const known = image === undefined || isOwn ? undefined : serviceOfImage(image);
  // Among published ports the image's own main port is the one to reach: 5672 before RabbitMQ's 15672.
  const main = (known?.ports ?? []).filter((port) => claimed.length === 0 || claimed.includes(port));
  const ports = [...new Set([...main, ...claimed])];
  const neighbour: Neighbour = { name: reader.name, ...(image !== undefined && { image }), isOwn, ports };
  return [reader.name, ...aliasesOf(reader.service)].map((name) => [name, neighbour]);
}

function missingNotes(context: LoadContext): Note[] {
  return [...context.missing].map(([name, { place, isDemanded }]) => {
    const reason = isDemanded ? 'demanded by compose, without value' : 'a variable without value';
    return {
      kind: 'missing',
      message: isDemanded
        ? `\${${name}} has no value in .env, and compose does not start without it`
        : `\${${name}} has no value in .env and is empty`,
      evidence: [{ file: place.file, line: place.line, reason }],
    };
  });
}
