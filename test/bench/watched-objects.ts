// What the operator keeps of one persona and one Deployment, and what judging one costs: node --expose-gc test/bench/watched-objects.ts [COUNT]
import { performance } from 'node:perf_hooks';
import { readSeenStatus } from '../../src/status/seen-status.ts';
import { decideApplication } from '../../src/status/decide-application.ts';
import { findWorkloads } from '../../src/workload/belongs-to.ts';
import { openLearned, openPersona, openStatus, projectPersona } from '../../operator/watched/personas.ts';
import { openWorkload, watchedWorkloads, type WatchedWorkload } from '../../operator/watched/workloads.ts';
import { createLiveLearned } from './live-learned.ts';
import { createLiveDeployment, createLivePersona } from './live-objects.ts';

const count = Number(process.argv[2] ?? 10_000);
const [deployments] = watchedWorkloads;

function measure<T>(what: string, make: (index: number) => T): T[] {
  globalThis.gc?.();
  const before = process.memoryUsage();
  const startedAt = performance.now();
  const kept = Array.from({ length: count }, (_, index) => make(index));
  const took = performance.now() - startedAt;
  globalThis.gc?.();
  const after = process.memoryUsage();
  const bytes = (after.heapUsed - before.heapUsed) / count;
  console.log(
    `${what}: ${bytes.toFixed(0)} bytes of heap each, ${((took / count) * 1000).toFixed(1)} µs to project`,
  );
  return kept;
}

const workloads = measure('Deployment', (index) => deployments?.project(parse(createLiveDeployment(index))));
const now = new Date();
const personas = measure('persona without status', (index) =>
  projectPersona(parse(createLivePersona(index))),
);

function decide(index: number) {
  const watched = personas[index];
  const workload = openWorkload(workloads[index] as WatchedWorkload);
  if (watched === undefined || workload === undefined) throw new Error('not kept');
  const persona = openPersona(watched);
  const around = {
    labels: new Map<string, string>(),
    personas: [persona],
    workloads: findWorkloads(persona, [workload]),
    surroundings: { autoscalers: [], disruptionBudgets: [], services: [] },
    clusterPersona: undefined,
  };
  return decideApplication({ persona, around, pods: [], seen: openStatus(watched), now });
}

const withStatus = measure('persona with status', (index) => {
  const { status } = decide(index);
  return projectPersona(parse({ ...createLivePersona(index), status }));
});
const withAdvice = measure('persona with status, baseline and three pieces of advice', (index) => {
  const status = { ...decide(index).status, ...createLiveLearned(index) };
  return projectPersona(parse({ ...createLivePersona(index), status }));
});
const learnedBytes = withAdvice.reduce((sum, { learned }) => sum + learned.length, 0) / count;
const openedAt = performance.now();
for (const watched of withAdvice) openLearned(watched);
const openingUs = ((performance.now() - openedAt) / count) * 1000;
console.log(`what was learnt: ${learnedBytes.toFixed(0)} bytes each, ${openingUs.toFixed(0)} µs to open`);
console.log(
  'status text',
  withStatus[1]?.status.length,
  'spec text',
  withStatus[1]?.text.length,
  'deployment text',
  workloads[1]?.text.length,
);
console.log(
  Object.keys(readSeenStatus(decide(1).status)).join(' '),
  'issues',
  decide(1).status.validation?.issues?.length,
);
const startedAt = performance.now();
for (let index = 0; index < count; index += 1) decide(index);
console.log(`judging: ${(((performance.now() - startedAt) / count) * 1000).toFixed(0)} µs each`);
console.log(`RSS ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB`);

/** As it comes from the wire: no text is shared. */
function parse(object: unknown): unknown {
  return JSON.parse(JSON.stringify(object));
}
