// Variables that compose gives to a service: env_file and environment; a secret's value stays where it is.
import type { Claims } from '../../application/claims.ts';
import type { EnvFact } from '../../application/component.ts';
import { isSecret, isSecretName } from '../../application/secret-names.ts';
import { createComposeError } from './compose-error.ts';
import { parseDotenv } from './dotenv.ts';
import type { Variables } from './interpolate.ts';
import { resolvePath } from './load-context.ts';
import { booleanOf, entriesOf, entryOf, itemsOf, textOf, type ComposeNode, type Place } from './node.ts';
import { addNote, createEvidence, valueAt, type ServiceReader } from './service-reader.ts';

/** A variable as the container gets it. */
export interface ServiceVariable {
  name: string;
  /** Absent where whoever runs it has to give it. Secrets included: never to be put into a claim or note. */
  value?: string;
  isSecret: boolean;
  node: ComposeNode;
}

/** Variables by name: env_file first, then environment over it. `variables` are the project's own. */
export function readVariablesOf(reader: ServiceReader, variables: Variables): Map<string, ServiceVariable> {
  const found = new Map<string, ServiceVariable>();
  for (const entry of itemsOf(valueAt(reader, 'env_file')))
    for (const variable of readEnvFile(reader, entry, variables)) found.set(variable.name, variable);
  for (const [name, node] of entriesOf(valueAt(reader, 'environment')))
    found.set(name, toVariable(name, node, variables));
  found.delete('');
  return found;
}

function toVariable(name: string, node: ComposeNode, variables: Variables): ServiceVariable {
  const value = textOf(node) ?? variables.get(name);
  const isIncomplete = node.kind === 'scalar' && node.missing !== undefined;
  const hasSecret = node.kind === 'scalar' && node.secrets !== undefined;
  const known = value === undefined || (isIncomplete && value === '') ? {} : { value };
  return { name, ...known, isSecret: hasSecret || isSecretVariable(name, value), node };
}

// NAME_FILE holds the path of a mounted secret, not the secret.
function isSecretVariable(name: string, value: string | undefined): boolean {
  if (/_FILE$/.test(name) && value?.startsWith('/') === true) return false;
  if (value !== undefined && /\$\(([A-Za-z_]\w*)\)/.test(value))
    return (
      [...value.matchAll(/\$\(([A-Za-z_]\w*)\)/g)].some((match) => isSecretName(match[1] ?? '')) ||
      isSecret(name, value)
    );
  return isSecret(name, value);
}

function readEnvFile(reader: ServiceReader, entry: ComposeNode, variables: Variables): ServiceVariable[] {
  const pathNode = entry.kind === 'mapping' ? entryOf(entry, 'path') : entry;
  const path = textOf(pathNode);
  if (pathNode === undefined || path === undefined || path === '') return [];
  const file = resolvePath(reader.context, pathNode, path, `services.${reader.name}.env_file`);
  const text = reader.context.tree.read(file);
  if (text === undefined) {
    if (booleanOf(entryOf(entry, 'required')) !== false)
      addNote(reader, 'missing', `env_file ${file} is not there, so its variables are unknown`, pathNode);
    return [];
  }
  return toAssignments(entry, text, variables, file).map(({ name, value, line, hasSecret }) => {
    const place: Place = { file, line, column: 1 };
    return {
      name,
      ...(value !== undefined && { value }),
      isSecret: hasSecret || isSecretVariable(name, value),
      node: { kind: 'scalar', value: null, place },
    };
  });
}

// `format: raw` takes every value as it stands.
function toAssignments(entry: ComposeNode, text: string, variables: Variables, file: string) {
  const format = entryOf(entry, 'format');
  const name = textOf(format);
  if (format === undefined || name === undefined || name === '') return parseDotenv(text, variables);
  if (name !== 'raw') {
    throw createComposeError(
      'ComposeInvalid',
      format.place,
      `env_file ${file}: expected the format raw or none`,
    );
  }
  return text.split(/\r?\n/).flatMap((line, index) => {
    const match = /^([A-Za-z_][\w.-]*)=(.*)$/.exec(line);
    return match?.[1] === undefined
      ? []
      : [{ name: match[1], value: match[2] ?? '', line: index + 1, hasSecret: false }];
  });
}

/** Claims about variables: every name, values of settings only. */
export function toEnvironmentClaims(
  variables: ReadonlyMap<string, ServiceVariable>,
): Pick<Claims, 'env' | 'environment'> {
  const env: EnvFact[] = [];
  const environment: Claims['environment'] = [];
  for (const { name, value, isSecret: secret, node } of variables.values()) {
    const evidence = [createEvidence(node, `compose sets ${name.slice(0, 80)}`)];
    env.push({
      name,
      kind: secret ? 'secret' : 'config',
      required: true,
      ...(!secret && value !== undefined && { value }),
      evidence,
    });
    if (!secret && value !== undefined)
      environment.push({ value: { name, value }, confidence: 0.97, evidence });
  }
  return { env, environment };
}
