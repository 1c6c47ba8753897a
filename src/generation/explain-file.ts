// What `explain FILE` knows: every field of a generated file with its reason, whose it is, and who set what decides it. Writes nothing.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Evidence } from '../application/fact.ts';
import { isFromModel } from '../application/model-words.ts';
import { redactText, REDACTED } from '../application/redact.ts';
import { isSecretName } from '../application/secret-names.ts';
import { DorguError } from '../api/errors.ts';
import { compareFields, type ComparedField, type FieldState } from '../explanation/compare-fields.ts';
import { explainDocument } from '../explanation/explain-object.ts';
import { explainText } from '../explanation/explain-text.ts';
import { findFields, findNearestField, formatPath } from '../explanation/field-path.ts';
import type { FieldPath } from '../explanation/reason.ts';
import { toPlainDocument } from '../explanation/template-document.ts';
import type { GeneratedFile } from '../manifests/generated-file.ts';
import { planApplication, type ApplicationPlan } from '../manifests/plan-application.ts';
import { BASE_DIRECTORY } from '../output/plan-files.ts';
import type { Settings } from '../settings/settings.ts';
import { buildWithPins } from './build-result.ts';
import { locateGenerated } from './locate-generated.ts';
import { prepareApplication, type GenerationInput } from './prepare-application.ts';
import { listSetters } from './setters.ts';

/** One field, explained. */
export interface FieldExplanation {
  /** As `explain` takes it: `spec.ports[0].name`. */
  field: string;
  /** What stands there; absent where it was deleted. */
  value?: unknown;
  /** Whose it is. */
  from: 'person' | 'setting' | 'evidence' | 'model' | 'convention';
  state: FieldState;
  /** What generate would write, where that is something else. */
  generated?: unknown;
  because: string;
  evidence: readonly Evidence[];
  /** Who set it: `replicas (.dorgu.yaml:4)`. */
  setBy: string[];
  /** Settings that would change it. */
  settings: readonly string[];
  rule?: string;
}

/** A file with the fields that were asked for. */
export interface FileExplanation {
  /** Relative to the application. */
  file: string;
  fields: FieldExplanation[];
}

/**
 * Explains the fields of a file on disk; all of them without `field`.
 * @throws DorguError NotFound where there is no such file or field, NotGenerated, and what {@link prepareApplication} does
 */
export async function explainFile(
  file: string,
  field: string | undefined,
  input: Omit<GenerationInput, 'directory'>,
): Promise<FileExplanation> {
  const located = locateGenerated(file);
  const { directory, path } = located;
  const given = Object.entries(input.flags ?? {}).filter(([, value]) => value !== undefined);
  const flags = { ...located.flags, ...Object.fromEntries(given) };
  const { application, options, settings } = await prepareApplication({ ...input, directory, flags });
  const generated = buildWithPins(application, options, directory).files.find((one) => one.path === path);
  if (!generated) throw notGeneratedNow(path);
  const plan = planApplication(application, options);
  const compared = compare(plan, generated, directory);
  const { fields } = field === undefined ? compared : choose(compared, field, path);
  return {
    file: path,
    fields: fields.map((one) => toExplanation(one, settings, componentName(plan, generated))),
  };
}

function componentName({ components }: ApplicationPlan, { component }: GeneratedFile): string | undefined {
  return components.find(({ name }) => name === component)?.component.name;
}

function compare(plan: ApplicationPlan, file: GeneratedFile, directory: string): Document {
  const text = readOptional(join(directory, file.path));
  const base = readOptional(join(directory, BASE_DIRECTORY, file.path));
  const [object] = file.objects;
  if (!object && !/\.ya?ml$/.test(file.path)) return compareTexts(plan, file, { text, base });
  const now = object ?? (parse(file.content) as Record<string, unknown>);
  const fields = explainDocument(plan, file, now);
  if (file.isTemplate === true) return compareTemplates(file, fields, { text, base });
  const disk = readDocument(text, file.path);
  const before = base === undefined ? {} : { base: readDocument(base, file.path) };
  return { document: disk ?? now, fields: compareFields({ disk, now, fields, ...before }) };
}

/** Larger files are none of ours. */
const maxBytes = 4 * 1024 * 1024;

/** What fields are looked up in. */
interface Document {
  document: unknown;
  fields: ComparedField[];
}

interface Texts {
  text: string | undefined;
  base: string | undefined;
}

function compareTexts(plan: ApplicationPlan, file: GeneratedFile, { text, base }: Texts): Document {
  const state: FieldState =
    text === undefined ? 'deleted' : text === (base ?? file.content) ? 'generated' : 'edited';
  const fields = explainText(plan, file).map((field) => ({
    ...field,
    state: isThere(text, field.value) ? ('generated' as const) : state,
  }));
  return { document: undefined, fields };
}

const isThere = (text: string | undefined, value: unknown) =>
  typeof value === 'string' && (text ?? '').includes(value);

/** A template is no YAML; with its expressions taken for words, both sides can be compared all the same. */
function compareTemplates(
  file: GeneratedFile,
  fields: readonly Omit<ComparedField, 'state'>[],
  { text, base }: Texts,
): Document {
  const disk = toPlainDocument(text ?? '');
  const before = toPlainDocument(base ?? file.content);
  const states = new Map(
    compareFields({ disk, base: before, now: before, fields: [] }).map(({ path, value }) => [
      formatPath(path),
      value,
    ]),
  );
  const old = new Map(
    compareFields({ disk: before, now: before, fields: [] }).map(({ path, value }) => [
      formatPath(path),
      value,
    ]),
  );
  return {
    document: file.objects[0],
    fields: fields.map((field) => {
      const place = formatPath(field.path);
      const isEdited = old.has(place) && JSON.stringify(states.get(place)) !== JSON.stringify(old.get(place));
      return {
        ...field,
        state: isEdited ? 'edited' : 'generated',
        ...(isEdited ? { value: states.get(place), generated: field.value } : {}),
      };
    }),
  };
}

function readDocument(text: string | undefined, path: string): unknown {
  if (text === undefined) return undefined;
  try {
    return parse(text, { maxAliasCount: 100 }) as unknown;
  } catch (cause) {
    throw new DorguError('NotGenerated', `${path} is no YAML any more`, {
      hint: 'mend it, or delete it and generate again',
      cause,
    });
  }
}

function readOptional(path: string): string | undefined {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= maxBytes ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

function choose({ document, fields }: Document, text: string, file: string): Document {
  const wanted = new Set(findFields(document, text).map(({ path }) => formatPath(path)));
  const matching = fields.filter(({ path }) => isBelow(path, wanted) || isNamed(path, text));
  if (matching.length > 0) return { document, fields: matching };
  const gone = fields.filter(({ state }) => state === 'deleted');
  const goneWanted = gone.filter(({ path }) => formatPath(path) === text.replace(/^[.$]+/, ''));
  if (goneWanted.length > 0) return { document, fields: goneWanted };
  const near = findNearestField(fields, text);
  throw new DorguError('NotFound', `${file} has no field ${JSON.stringify(text.slice(0, 200))}`, {
    hint:
      near === undefined
        ? `kubectl dorgu explain ${file} lists its fields`
        : `did you mean ${near}? kubectl dorgu explain ${file} lists its fields`,
  });
}

const isBelow = (path: FieldPath, wanted: ReadonlySet<string>) =>
  path.some((_, index) => wanted.has(formatPath(path.slice(0, index + 1))));

/** The parts of a text go by their names, whatever their case. */
const isNamed = (path: FieldPath, text: string) =>
  path.length <= 2 && String(path[0]).toLowerCase() === text.toLowerCase();

const personal: Readonly<Partial<Record<FieldState, string>>> = {
  edited: 'a person changed it',
  added: 'a person added it: generate has nothing there',
  deleted: 'a person took it out',
};

function toExplanation(
  field: ComparedField,
  settings: Settings,
  component: string | undefined,
): FieldExplanation {
  const { path, value, state, generated } = field;
  const reason = field.reason ?? { because: 'the last run wrote it, and generate would not any more' };
  const { evidence = [], settings: deciding = [], rule } = reason;
  const setBy = listSetters(deciding, settings, component);
  return {
    field: formatPath(path),
    ...(state === 'deleted' ? {} : { value: hideSecret(path, value) }),
    from: whoseIs(state, setBy, evidence),
    state,
    ...(generated === undefined ? {} : { generated: hideSecret(path, generated) }),
    because: describe(field, reason.because),
    evidence: evidence.map((one) => ({ ...one, reason: redactText(one.reason) })),
    setBy,
    settings: deciding,
    ...(rule === undefined ? {} : { rule }),
  };
}

function whoseIs(
  state: FieldState,
  setBy: readonly string[],
  evidence: readonly Evidence[],
): FieldExplanation['from'] {
  if (personal[state] !== undefined) return 'person';
  if (setBy.length > 0) return 'setting';
  if (isFromModel(evidence)) return 'model';
  return evidence.length > 0 ? 'evidence' : 'convention';
}

function describe({ state, reason }: ComparedField, because: string): string {
  const mine = personal[state];
  if (mine === undefined) return because;
  return reason === undefined ? mine : `${mine}; generated, it would be so: ${because}`;
}

/** A person may have written a secret into a file of ours; it is not for a screen. */
function hideSecret(path: FieldPath, value: unknown): unknown {
  const name = path.at(-1);
  if (typeof value !== 'string' || value === name) return value;
  return typeof name === 'string' && isSecretName(name) ? REDACTED : redactText(value);
}

function notGeneratedNow(path: string): DorguError {
  return new DorguError('NotGenerated', `generate would not write ${path} now`, {
    hint: 'give explain the flags that it was generated with, such as --expose ingress --host NAME',
  });
}
