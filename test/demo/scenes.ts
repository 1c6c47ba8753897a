// What the demo shows: a cluster described, applications rolled out, one that breaks and heals, and a node that goes.
import type { Shell } from './shell.ts';

/** Folders of examples/, each with a namespace of the same name; the first one is broken and mended. */
export const applications = [
  'go-greeter',
  'market',
  'express-shop',
  'fastapi-notes',
  'queue-worker',
  'spring-orders',
  'static-docs',
] as const;

/** The first scene: who runs here. */
export async function showCluster({ say, run }: Shell): Promise<void> {
  say('The cluster introduces itself, and the operator keeps its description.');
  await run('kubectl dorgu cluster init demo --environment production');
  await run('kubectl wait --for=condition=Ready clusterpersona/demo --timeout=30s');
  await run('kubectl dorgu cluster describe');
}

/** From source to Ready. */
export async function showApplication({ say, run }: Shell, name: string): Promise<void> {
  say(`${name}: from its source to manifests and persona, and into the cluster.`);
  await run(`kubectl dorgu generate examples/${name} -n ${name} --quiet`);
  await run(`kubectl apply --server-side -k examples/${name}/k8s`);
  await run(`kubectl wait -n ${name} --for=condition=Ready applicationpersona --all --timeout=120s`);
}

/** A rollout that no node can hold, and the way back. */
export async function showRollout({ say, run }: Shell): Promise<void> {
  const at = '-n go-greeter';
  await run('kubectl dorgu persona list -A');
  await run(`kubectl dorgu persona status go-greeter ${at}`);
  say(
    'A rollout that breaks: somebody asks for 40 cores, and no node has them. Five seconds is all it gets here.',
  );
  const grace = '{"spec":{"health":{"startupGracePeriod":"5s"}}}';
  await run(`kubectl patch ${at} persona/go-greeter --type=merge -p '${grace}'`);
  await run(`kubectl set resources ${at} deployment/go-greeter --requests=cpu=40 --limits=cpu=40`);
  await run(`kubectl wait ${at} --for=jsonpath='{.status.phase}'=Degraded persona/go-greeter --timeout=120s`);
  await run(`kubectl dorgu persona status go-greeter ${at}`);
  say('It heals: back to what ran before.');
  await run(`kubectl rollout undo ${at} deployment/go-greeter`);
  await run(`kubectl wait ${at} --for=jsonpath='{.status.phase}'=Active persona/go-greeter --timeout=120s`);
  await run(`kubectl dorgu persona status go-greeter ${at}`);
  await run(`kubectl get events ${at} --field-selector involvedObject.kind=ApplicationPersona`);
}

/** A node goes; within seconds the description knows. */
export async function showNodes({ say, run }: Shell): Promise<void> {
  say('A node is taken away; the description follows.');
  await run('kubectl delete node node-3');
  await run("kubectl wait --for=jsonpath='{.status.nodeCount}'=2 clusterpersona/demo --timeout=30s");
  await run('kubectl dorgu cluster describe');
  await run('kubectl dorgu cluster status', { mayFail: true });
}
