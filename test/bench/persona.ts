// `node test/bench/persona.ts [ROWS]`: `persona status` beside `kubectl get applicationpersona`, and `persona list` beside
// `kubectl get`, against a control plane of its own, in one run, as ratios. Nothing is asserted. Build first: dist is what people run.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startControlPlane } from '../cluster/control-plane.ts';
import { installCrds } from '../cluster/crds.ts';
import { kubectlEnvironment, kubectlOrThrow } from '../cluster/kubectl.ts';
import { findPrograms } from '../cluster/programs.ts';
import { goodPodSpec, listOfObjects, persona, workload } from '../commands/persona/cluster-objects.ts';

const root = resolve(import.meta.dirname, '..', '..');
const ROUNDS = 15;
/** Rows of the long list; another number may be given as the only argument. */
const ROWS = Number(process.argv[2] ?? 5000);
/** Objects that kubectl is given at once: it has a minute for them. */
const BATCH = 250;

/** Milliseconds that one call takes; a call that fails is no measurement. */
function time(command: readonly string[], env: NodeJS.ProcessEnv): number {
  const [program = '', ...words] = command;
  const started = performance.now();
  const { status, stderr } = spawnSync(program, words, { env, maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr.toString()}`);
  return performance.now() - started;
}

/** Medians of both, called in turns, so that a busy machine is busy for both. */
function compare(
  title: string,
  ours: readonly string[],
  theirs: readonly string[],
  env: NodeJS.ProcessEnv,
): void {
  const pairs = Array.from({ length: ROUNDS + 1 }, () => [time(ours, env), time(theirs, env)] as const).slice(
    1,
  );
  const median = (side: 0 | 1) =>
    pairs.map((pair) => pair[side]).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
  const [mine, other] = [median(0), median(1)];
  console.log(
    `${title}: ${mine.toFixed(0)} ms, kubectl ${other.toFixed(0)} ms, ratio ${(mine / other).toFixed(2)}`,
  );
}

if (!existsSync(join(root, 'dist')))
  console.log('dist is not there: these figures are of a checkout, npm run build first');
const search = await findPrograms({ environment: process.env, report: () => undefined });
if ('missing' in search) throw new Error(search.missing);
const controlPlane = await startControlPlane({ programs: search.programs, nodes: 1 });
try {
  const { kubectl } = controlPlane;
  await installCrds(kubectl, {});
  const env = { ...process.env, ...kubectlEnvironment(kubectl) };
  const plugin = [process.execPath, join(root, 'bin/run.js')];
  const create = async (namespace: string, objects: readonly Record<string, unknown>[]) => {
    await kubectlOrThrow(kubectl, ['create', 'namespace', namespace]);
    for (let start = 0; start < objects.length; start += BATCH)
      await kubectlOrThrow(kubectl, ['create', '-n', namespace, '-f', '-'], {
        input: listOfObjects(...objects.slice(start, start + BATCH)),
      });
  };
  await create('one', [persona('shop'), workload('Deployment', 'shop', { podSpec: goodPodSpec() })]);
  await kubectlOrThrow(kubectl, ['rollout', 'status', 'deployment/shop', '-n', 'one', '--timeout=60s']);
  compare(
    'persona status, judged from here',
    [...plugin, 'persona', 'status', 'shop', '-n', 'one'],
    [kubectl.program, 'get', 'applicationpersona', 'shop', '-n', 'one'],
    env,
  );
  await create(
    'many',
    Array.from({ length: ROWS }, (_, index) => persona(`shop-${index}`)),
  );
  compare(
    `persona list, ${ROWS} rows`,
    [...plugin, 'persona', 'list', '-n', 'many'],
    [kubectl.program, 'get', 'applicationpersonas', '-n', 'many'],
    env,
  );
} finally {
  await controlPlane.stop();
}
