// Generates for every compose file below a folder: how many convert, who can be reached, and whether a planted secret comes out anywhere.
// node test/long/compose-corpora.ts FOLDER [--external]
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { isPair, isScalar, parseDocument, visit } from 'yaml';
import { DorguError } from '../../src/api/errors.ts';
import { isSecretName } from '../../src/application/secret-names.ts';
import { planGeneration, type GenerationPlan } from '../../src/generation/plan.ts';

const MAIN = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
/** Nothing that is planted is a word of any file. */
const PLANTED = 'zq7planted';

/** What became of one file. */
interface Outcome {
  file: string;
  services: number;
  workloads: number;
  error?: string;
  /** `caller -> host`, where no Service is called that. */
  unreached: string[];
  /** Files that hold a planted value. */
  leaks: string[];
  elapsedMs: number;
}

function findComposeFiles(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const own = MAIN.find((name) => entries.some((entry) => entry.isFile() && entry.name === name));
  const below = entries.filter(
    (entry) => entry.isDirectory() && !/^(?:\.git|node_modules)$/.test(entry.name),
  );
  const nested = below.flatMap((entry) => findComposeFiles(join(folder, entry.name)));
  return own === undefined ? nested : [join(folder, own), ...nested];
}

/** Replaces the literal values of secret-looking variables in a compose file. */
function plant(file: string): void {
  const document = parseDocument(readFileSync(file, 'utf8'), { merge: true, logLevel: 'silent' });
  let count = 0;
  visit(document, {
    Pair: (_, pair, ancestors) => {
      const isVariable = ancestors.some(
        (node) => isPair(node) && isScalar(node.key) && node.key.value === 'environment',
      );
      const { key, value } = pair;
      if (!isVariable || !isScalar(key) || !isScalar(value) || typeof value.value !== 'string') return;
      if (isSecretName(String(key.value)) && !value.value.includes('$')) value.value = `${PLANTED}${count++}`;
    },
  });
  if (count > 0) writeFileSync(file, document.toString());
}

function plantEnv(file: string): void {
  try {
    const text = readFileSync(file, 'utf8').replace(/^([A-Za-z_]\w*)=.*$/gm, (whole, name: string) =>
      isSecretName(name) ? `${name}=${PLANTED}E` : whole,
    );
    writeFileSync(file, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function measure(source: string, root: string, external: boolean): Promise<Outcome> {
  const scratch = mkdtempSync(join(tmpdir(), 'compose-corpora-'));
  const directory = join(scratch, basename(dirname(source)));
  cpSync(dirname(source), directory, { recursive: true, filter: (path) => basename(path) !== '.git' });
  const file = join(directory, basename(source));
  const startedAt = performance.now();
  const outcome: Outcome = {
    file: relative(root, source),
    services: 0,
    workloads: 0,
    unreached: [],
    leaks: [],
    elapsedMs: 0,
  };
  try {
    plant(file);
    plantEnv(join(directory, '.env'));
    const plan = await planGeneration({
      directory,
      composeFiles: [basename(source)],
      ...(external && { flags: { external: 'all' } }),
      env: {},
      home: scratch,
      generatorVersion: '0.0.0',
    });
    Object.assign(outcome, judge(plan));
  } catch (error) {
    outcome.error =
      error instanceof DorguError ? `${error.code}: ${error.message}` : `CRASH ${String(error)}`;
    if (outcome.error.includes(PLANTED)) outcome.leaks.push('the error');
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  outcome.elapsedMs = performance.now() - startedAt;
  return outcome;
}

function judge(plan: GenerationPlan): Partial<Outcome> {
  const texts = plan.files.map(({ path, content }): [string, string] => [path, content ?? '']);
  const said = JSON.stringify([plan.application, plan.decisions, plan.findings]);
  const services = new Set(
    texts.flatMap(([, text]) =>
      /^kind: Service$/m.test(text) ? [/^metadata:\n(?:.*\n)*? {2}name: (\S+)/m.exec(text)?.[1] ?? ''] : [],
    ),
  );
  const ended = new Set(
    plan.application.components.filter(({ kind }) => kind === 'job').map(({ name }) => name),
  );
  const unreached = plan.application.components.flatMap(({ name, dependencies }) =>
    dependencies.flatMap(({ host, component }) =>
      component === undefined || host === undefined || ended.has(component) || services.has(toName(host))
        ? []
        : [`${name} -> ${host}`],
    ),
  );
  return {
    services: plan.application.components.length,
    workloads: texts.filter(([path]) =>
      /\/(?:deployment|statefulset|daemonset|job|cronjob)\.yaml$/.test(path),
    ).length,
    unreached,
    leaks: [...texts, ['what is said', said] as const].flatMap(([path, text]) =>
      text.includes(PLANTED) ? [path] : [],
    ),
  };
}

const toName = (host: string) => host.toLowerCase().replace(/[^a-z0-9]+/g, '-');

const [folder = '.', flag] = process.argv.slice(2);
const root = resolve(folder);
const outcomes: Outcome[] = [];
for (const file of findComposeFiles(root)) {
  const outcome = await measure(file, root, flag === '--external');
  outcomes.push(outcome);
  const { workloads, error, unreached, leaks, elapsedMs } = outcome;
  const remarks = [
    error,
    unreached.length > 0 && `not reached: ${unreached.join(', ')}`,
    leaks.length > 0 && `LEAKS: ${leaks.join(', ')}`,
  ];
  console.log(
    `${outcome.file.padEnd(60)} ${String(workloads).padStart(3)} workloads ${elapsedMs.toFixed(0).padStart(6)} ms`,
    remarks.filter(Boolean).join('; ').replaceAll('\n', ' '),
  );
}
const converted = outcomes.filter(({ error }) => error === undefined);
console.log(
  `${converted.length} of ${outcomes.length} convert, ${converted.reduce((sum, one) => sum + one.workloads, 0)} workloads, ` +
    `${outcomes.flatMap(({ unreached }) => unreached).length} not reached, ${outcomes.flatMap(({ leaks }) => leaks).length} leaks`,
);
