// Gives an application that was generated other requests and limits: in its settings, and from there in persona and manifests.
import { join } from 'node:path';
import { isMap, parse, parseDocument } from 'yaml';
import { DorguError } from '../api/errors.ts';
import { fieldAt, listOf } from '../api/foreign-fields.ts';
import type { PlannedFile } from '../output/plan-files.ts';
import { APP_FILE } from '../settings/locations.ts';
import { readSettingsText } from '../settings/read-file.ts';
import { writeAtomically } from '../settings/write-atomically.ts';
import { planGeneration, writePlan, type GenerationPlan } from './plan.ts';
import type { GenerationInput } from './prepare-application.ts';

/** What one setting of one container of a workload is to be. */
export interface NewSize {
  kind: string;
  name: string;
  container: string;
  /** `requests.cpu` */
  field: `${'requests' | 'limits'}.${'cpu' | 'memory'}`;
  /** A quantity; undefined: unset. */
  amount: string | undefined;
}

/** What is to be written. */
export interface ResizePlan {
  directory: string;
  /** Undefined where it stays. */
  settings: { text: string; before: string | undefined } | undefined;
  plan: GenerationPlan;
  /** Paths that change, the settings first. */
  changed: readonly string[];
  /** What cannot be done here, in words. */
  notes: readonly string[];
}

/** Nothing is written. @throws DorguError Drift where the folder is not as `generate` leaves it, NotFound where none of the workloads is generated here, and what {@link planGeneration} throws */
export async function planResize(
  input: Omit<GenerationInput, 'appText'>,
  sizes: readonly NewSize[],
): Promise<ResizePlan> {
  const { directory } = input;
  const before = await planGeneration(input);
  assertGenerated(before);
  const known = sizes.map((size) => ({ size, component: findComponent(before, size) }));
  const notes = known.flatMap(({ size, component }) => explainLeft(size, component));
  const wanted = known.flatMap(({ size: { field, amount }, component }) =>
    component === undefined || amount === undefined ? [] : [{ component, field, amount }],
  );
  if (known.every(({ component }) => component === undefined)) throw createUnknownError(directory, sizes);
  const current = readSettingsText(join(directory, APP_FILE), APP_FILE);
  const text = editSettings(current ?? '', wanted, before.names.size === 1);
  if (text === (current ?? '')) return { directory, settings: undefined, plan: before, changed: [], notes };
  const plan = await planGeneration({ ...input, appText: text });
  const changed = plan.files
    .filter(({ status }) => status === 'changed' || status === 'merged')
    .map(({ path }) => path);
  return { directory, settings: { text, before: current }, plan, changed: [APP_FILE, ...changed], notes };
}

/** @throws DorguError OutputFailed: the settings are as they were then */
export function writeResize({ directory, settings, plan }: ResizePlan): void {
  if (settings === undefined) return;
  const path = join(directory, APP_FILE);
  writeAtomically(path, settings.text, 0o644);
  try {
    writePlan(plan);
  } catch (error) {
    writeAtomically(path, settings.before ?? '', 0o644);
    throw error;
  }
}

/** As a run of generate leaves them, edits of a person's included. */
const SETTLED: ReadonlySet<PlannedFile['status']> = new Set(['unchanged', 'kept', 'deleted', 'orphaned']);

/** Only what generation would leave as it is can be changed by it alone. */
function assertGenerated({ directory, files }: GenerationPlan): void {
  const differing = files.filter(({ status }) => !SETTLED.has(status));
  if (differing.length === 0) return;
  const isNew = differing.every(({ status }) => status === 'new');
  throw new DorguError(
    'Drift',
    isNew
      ? `${directory} holds no manifests that generate wrote`
      : `${differing.length} of ${files.length} files in ${directory} are not as they would be generated`,
    {
      details: isNew ? [] : differing.map(({ status, path }) => `${status}  ${path}`),
      hint: 'kubectl dorgu generate first: what was given to it as flags belongs into .dorgu.yaml',
    },
  );
}

/** The name of the component whose workload and main container it is. */
function findComponent({ files, names }: GenerationPlan, size: NewSize): string | undefined {
  const isMeant = files.some((file) => isWorkload(file, size));
  return isMeant ? [...names].find(([, name]) => name === size.name)?.[0] : undefined;
}

function isWorkload({ path, content }: PlannedFile, { kind, name, container }: NewSize): boolean {
  if (content === undefined || !path.endsWith('.yaml') || !content.includes(`\nkind: ${kind}\n`))
    return false;
  const object: unknown = parse(content);
  const [main] = listOf(fieldAt(object, 'spec', 'template', 'spec', 'containers'));
  return fieldAt(object, 'metadata', 'name') === name && fieldAt(main, 'name') === container;
}

function explainLeft(
  { kind, name, container, field, amount }: NewSize,
  component: string | undefined,
): string[] {
  const what = `${kind.toLowerCase()}/${name}, container ${container}`;
  if (component === undefined) return [`${what}: not generated here, left as it is`];
  return amount === undefined ? [`${what}: ${field} stays, for settings have no word for none`] : [];
}

function createUnknownError(directory: string, sizes: readonly NewSize[]): DorguError {
  const names = [...new Set(sizes.map(({ kind, name }) => `${kind.toLowerCase()}/${name}`))];
  return new DorguError('NotFound', `${directory} generates none of ${names.join(', ')}`, {
    hint: 'name the folder that kubectl dorgu generate was given; --patch makes patches for other manifests',
  });
}

/** Comments and order stay; where all is so already, the text does. */
function editSettings(
  text: string,
  wanted: readonly { component: string; field: NewSize['field']; amount: string }[],
  isSingle: boolean,
): string {
  const document = parseDocument(text === '' ? 'version: "1"\n' : text);
  let isChanged = false;
  for (const { component, field, amount } of wanted) {
    const own = ['components', component, 'resources'];
    const place = isSingle && !document.hasIn(own) ? ['resources'] : own;
    const keys = [...place, ...field.split('.')];
    if (document.getIn(keys) === amount) continue;
    isChanged = true;
    for (let length = 1; length < keys.length; length += 1)
      if (!isMap(document.getIn(keys.slice(0, length), true)))
        document.setIn(keys.slice(0, length), document.createNode({}));
    document.setIn(keys, amount);
  }
  return isChanged ? document.toString({ lineWidth: 0 }) : text;
}
