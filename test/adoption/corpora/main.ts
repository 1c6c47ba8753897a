// `node test/adoption/corpora/main.ts --corpora DIR`: applies the manifests of public repositories to a control plane of its own,
// imports personas of all of them, and counts what the rules say.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compareText } from '../../../src/api/compare-text.ts';
import { fieldAt, textOf } from '../../../src/api/foreign-fields.ts';
import { gatherNamespaces } from '../../../src/cluster/gather/gather-namespaces.ts';
import { judgeWorkloadsOf } from '../../../src/cluster/judge-persona.ts';
import { connect } from '../../../src/kube/connect.ts';
import { startControlPlane } from '../../cluster/control-plane.ts';
import { installCrds } from '../../cluster/crds.ts';
import { kubectlOrThrow, runKubectl, type KubectlTarget } from '../../cluster/kubectl.ts';
import { findPrograms } from '../../cluster/programs.ts';
import { runHere, runLauncher } from '../../commands/command-line.ts';
import { readManifests, type ManifestFolder } from './read-manifests.ts';

const report = (line: string) => void process.stderr.write(`${line}\n`);

const { values } = parseArgs({
  options: { corpora: { type: 'string' }, status: { type: 'boolean', default: false } },
});
if (values.corpora === undefined) {
  report(
    'error: --corpora DIR is missing\nhint: name a folder of checked-out repositories with Kubernetes manifests',
  );
  process.exit(2);
}
const folders = readManifests(resolve(values.corpora));
const search = await findPrograms({ environment: process.env, report });
if ('missing' in search) throw new Error(search.missing);
const controlPlane = await startControlPlane({ programs: search.programs, nodes: 6 });
try {
  await installCrds(controlPlane.kubectl);
  await measure(controlPlane.kubectl, folders);
} finally {
  await controlPlane.stop();
}

async function measure(kubectl: KubectlTarget, all: readonly ManifestFolder[]): Promise<void> {
  let refused = 0;
  for (const [index, folder] of all.entries())
    refused += await applyFolder(kubectl, folder, nameOf(folder, index));
  print(`folders ${all.length}, objects ${all.flatMap(({ objects }) => objects).length}, refused ${refused}`);
  const environment = { KUBECONFIG: kubectl.kubeconfig };
  const startMs = performance.now();
  const first = await runLauncher(['persona', 'import', '-A', '--apply'], { env: environment });
  const elapsedMs = Math.round(performance.now() - startMs);
  print(`import: exit ${first.code}, ${countLines(first.stdout)} personas in ${elapsedMs} ms`);
  for (const line of first.stderr.split('\n').filter((text) => !text.startsWith('left out:')))
    if (line) print(`  ${line}`);
  const second = await runLauncher(['persona', 'import', '-A', '--apply'], { env: environment });
  const changed = second.stdout
    .split('\n')
    .filter((line) => line !== '' && !line.includes(' unchanged')).length;
  print(`again: exit ${second.code}, ${changed} not unchanged`);
  await judgeAll(kubectl.kubeconfig);
  if (values.status) await askStatus(kubectl, environment);
}

/** @returns how many objects the API server refused: old APIs, patches of kustomize */
async function applyFolder(
  kubectl: KubectlTarget,
  folder: ManifestFolder,
  namespace: string,
): Promise<number> {
  await kubectlOrThrow(kubectl, ['create', 'namespace', namespace]);
  const items = folder.objects.map((object) => ({
    ...object,
    metadata: { ...(object['metadata'] as object), namespace },
  }));
  const { stderr } = await runKubectl(kubectl, ['apply', '--server-side', '--validate=ignore', '-f', '-'], {
    input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  });
  return stderr.split('\n').filter((line) => /error|invalid|no matches/i.test(line)).length;
}

async function judgeAll(kubeconfig: string): Promise<void> {
  const client = await connect({ env: {}, home: '', cwd: process.cwd(), kubeconfig, userAgent: 'corpora' });
  const counts = new Map<string, number>();
  const workloads = new Map<string, number>();
  const errors: string[] = [];
  for (const around of (await gatherNamespaces(client)).values()) {
    for (const persona of around.personas) {
      for (const { workload, findings } of judgeWorkloadsOf(persona, around, new Date())) {
        add(workloads, workload.kind);
        for (const { severity, rule, message } of findings) {
          add(counts, `${severity} ${rule}`);
          if (severity === 'error')
            errors.push(`${around.namespace} ${workload.kind}/${workload.name} ${rule}: ${message}`);
        }
      }
    }
  }
  client.close();
  print(`workloads judged: ${showCounts(workloads)}`);
  for (const [key, count] of [...counts].sort(([left], [right]) => compareText(left, right)))
    print(`  ${key}: ${count}`);
  print(`error findings: ${errors.length}`);
  for (const line of errors) print(`  ${line}`);
}

/** The command itself, on every persona. */
async function askStatus(kubectl: KubectlTarget, environment: Record<string, string>): Promise<void> {
  const list = JSON.parse(
    await kubectlOrThrow(kubectl, ['get', 'applicationpersonas', '-A', '-o', 'json']),
  ) as { items: unknown[] };
  const phases = new Map<string, number>();
  for (const item of list.items) {
    const [namespace, name] = ['namespace', 'name'].map((field) => textOf(fieldAt(item, 'metadata', field)));
    const answer = await runHere(['persona', 'status', name ?? '', '-n', namespace ?? '', '-o', 'json'], {
      env: environment,
    });
    const status: unknown =
      answer.code === 0 || answer.code === 1 ? fieldAt(JSON.parse(answer.stdout), 'status') : undefined;
    add(
      phases,
      `exit ${answer.code}, ${textOf(fieldAt(status, 'phase'))}, passed ${String(fieldAt(status, 'validation', 'passed'))}`,
    );
  }
  print(`persona status: ${showCounts(phases)}`);
}

function nameOf({ path }: ManifestFolder, index: number): string {
  const slug = path
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(-40)
    .replace(/^-|-$/g, '');
  return `c${index}-${slug}`;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function showCounts(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([key, count]) => `${key} ${count}`).join(', ');
}

function countLines(text: string): number {
  return text.split('\n').filter((line) => line !== '').length;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
