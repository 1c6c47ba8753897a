// What a service needs to reach: depends_on, links, and services that its variables or its command name.
import type { DependencyFact, VolumeFact } from '../../application/component.ts';
import type { Evidence } from '../../application/fact.ts';
import { serviceOfImage } from '../images/services.ts';
import { findHosts } from './hosts.ts';
import { booleanOf, entriesOf, entryOf, itemsOf, textOf } from './node.ts';
import { createComposeError, showText } from './compose-error.ts';
import type { ServiceVariable } from './read-environment.ts';
import type { ComposeService } from './service.ts';
import { createEvidence, valueAt, type ServiceReader } from './service-reader.ts';

/** What others may know of a service. */
export interface Neighbour {
  name: string;
  image?: string;
  /** Built or run from source of this application. */
  isOwn: boolean;
  ports: readonly number[];
}

/** Services by every name that they are reached by: their own, and aliases on networks. */
export type Neighbours = ReadonlyMap<string, Neighbour>;

/** `depends_on`, checked: every service must be there unless it is `required: false`. */
export function readDependsOn(
  reader: ServiceReader,
  services: ReadonlySet<string>,
): ComposeService['dependsOn'] {
  return entriesOf(valueAt(reader, 'depends_on')).flatMap(([service, node]) => {
    if (services.has(service)) {
      const condition = textOf(entryOf(node, 'condition')) ?? 'service_started';
      return [{ service, condition, evidence: createEvidence(node, 'compose sets depends_on') }];
    }
    if (booleanOf(entryOf(node, 'required')) === false) return [];
    throw createComposeError(
      'ComposeInvalid',
      node.place,
      `services.${reader.name}.depends_on: expected a service of this project, found ${showText(service)}`,
      `Define the service, or write required: false.`,
    );
  });
}

/** What of a service can name another. */
export interface Naming {
  dependsOn: ComposeService['dependsOn'];
  variables: ReadonlyMap<string, ServiceVariable>;
  /** Mounted files; those whose text is known are read. */
  files: readonly VolumeFact[];
}

/** Dependencies of a service, one for each other service. */
export function readDependencies(
  reader: ServiceReader,
  naming: Naming,
  neighbours: Neighbours,
): DependencyFact[] {
  const found = new Map<string, DependencyFact>();
  const add = (host: string, evidence: Evidence, port?: number, required = true): void => {
    const neighbour = neighbours.get(host);
    if (neighbour === undefined || neighbour.name === reader.name) return;
    const before = found.get(neighbour.name);
    if (before === undefined) found.set(neighbour.name, toFact(neighbour, host, evidence, port, required));
    else {
      before.evidence.push(evidence);
      if (port !== undefined) before.port = port;
    }
  };
  for (const { service, condition, evidence } of naming.dependsOn) {
    const isRequired = booleanOf(valueAt(reader, 'depends_on', service, 'required')) !== false;
    if (condition !== 'service_completed_successfully') add(service, evidence, undefined, isRequired);
  }
  const aliases = readLinks(reader, add);
  const known = { has: (name: string) => neighbours.has(name) || aliases.has(name) };
  const addNamed: Add = (host, evidence, port) => add(aliases.get(host) ?? host, evidence, port);
  readVariableHosts(naming.variables, known, addNamed);
  readCommandHosts(reader, known, addNamed);
  readFileHosts(naming.files, known, addNamed);
  return [...found.values()];
}

type Add = (host: string, evidence: Evidence, port?: number) => void;

interface Known {
  has(name: string): boolean;
}

function readVariableHosts(variables: Naming['variables'], known: Known, add: Add): void {
  for (const { name, value, node } of variables.values()) {
    for (const { host, port } of value === undefined ? [] : findHosts(value, known, isHostName(name)))
      add(host, createEvidence(node, `${name.slice(0, 80)} names ${host}`), port);
  }
}

// `proxy_pass http://backend:8000` in a mounted file calls as much as a variable does.
function readFileHosts(files: Naming['files'], known: Known, add: Add): void {
  for (const { content, source = '' } of files) {
    for (const [index, line] of (content?.split('\n') ?? []).entries()) {
      for (const { host, port } of findHosts(line, known))
        add(host, { file: source, line: index + 1, reason: `it names ${host}` }, port);
    }
  }
}

// `links: [db:database]` makes db reachable as database.
function readLinks(reader: ServiceReader, add: Add): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const node of itemsOf(valueAt(reader, 'links'))) {
    const [service = '', alias] = (textOf(node) ?? '').split(':');
    add(service, createEvidence(node, 'compose links it'));
    if (alias !== undefined && alias !== '') aliases.set(alias, service);
  }
  return aliases;
}

/** A bare word is a host where the variable says so: DB_HOST=db, but not POSTGRES_DB=shop. */
function isHostName(name: string): boolean {
  return /(?:^|[_.-])(?:HOST|HOSTS|HOSTNAME|SERVER|SERVERS|ADDR|ADDRESS|ADDRESSES|URL|URLS|URI|ENDPOINT|BROKER|BROKERS|NODES?|PEERS?|SEEDS?|UPSTREAM|SERVICE|BACKEND|PROXY|DOMAIN|IP)\d*$|(?:Host|Server|Url|Endpoint)$/i.test(
    name,
  );
}

// A bare word of a command is seldom a host, so only addresses count there.
function readCommandHosts(reader: ServiceReader, known: Known, add: Add): void {
  for (const key of ['entrypoint', 'command']) {
    for (const node of itemsOf(valueAt(reader, key))) {
      const words = (textOf(node) ?? '').slice(0, 4096).split(/\s+/);
      for (const word of words.filter((one) => /:\/\/|:\d/.test(one))) {
        for (const { host, port } of findHosts(word, known))
          add(host, createEvidence(node, `${key} names ${host}`), port);
      }
    }
  }
}

function toFact(
  neighbour: Neighbour,
  host: string,
  evidence: Evidence,
  port: number | undefined,
  required: boolean,
): DependencyFact {
  const at = port ?? neighbour.ports[0];
  return {
    ...toKind(neighbour),
    host,
    ...(at !== undefined && { port: at }),
    ...(!required && { required: false }),
    evidence: [evidence],
  };
}

function toKind({ name, isOwn, image }: Neighbour): Pick<DependencyFact, 'name' | 'type' | 'component'> {
  if (isOwn) return { name, type: 'service', component: name };
  const known = image === undefined ? undefined : serviceOfImage(image);
  return known === undefined ? { name, type: 'service' } : { name: known.name, type: known.type };
}
