// One namespace as it is gathered, with Deployments that say which container they have.
import type {
  ApplicationPersona,
  ClusterPersona,
  RuleException,
  RuleSetting,
} from '../../../src/api/personas.ts';
import type { NamespaceView } from '../../../src/cluster/gather/namespace-view.ts';
import { readWorkload } from '../../../src/workload/read-workload.ts';

/** When the tests take place. */
export const now = new Date('2026-11-23T09:00:00Z');

const sound = {
  name: 'main',
  image: 'ghcr.io/acme/shop:1.0.0',
  securityContext: {
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  },
};

/** What is different about a namespace of sound Deployments `shop` and `till`, each with a persona that asks for little. */
export interface ViewParts {
  /** Laid over the container of `shop`. */
  container?: object;
  kind?: string;
  labels?: Record<string, string>;
  /** Of the namespace. */
  namespace?: string;
  namespaceLabels?: Record<string, string>;
  /** Names of those that have none. */
  withoutPersona?: readonly string[];
  rules?: RuleSetting[];
  exceptions?: RuleException[];
  requirePersona?: 'off' | 'warn' | 'deny';
  hasClusterPersona?: boolean;
}

/** The namespace. */
export function createView({ container, kind = 'Deployment', labels = {}, ...parts }: ViewParts = {}): NamespaceView {
  const { namespace = 'store', withoutPersona = [] } = parts;
  const workload = (name: string, different: object = {}) =>
    readWorkload({
      apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
      kind,
      metadata: { name, namespace, uid: name, labels: name === 'shop' ? labels : {} },
      spec: { replicas: 1, selector: { matchLabels: { run: name } }, template: { metadata: { labels: { run: name } }, spec: { containers: [{ ...sound, ...different }] } } },
    })!;
  const personas = ['shop', 'till'].filter((name) => !withoutPersona.includes(name));
  return {
    namespace,
    labels: new Map(Object.entries(parts.namespaceLabels ?? {})),
    personas: personas.map((name) => createPersona(name, namespace)),
    workloads: [workload('shop', container), workload('till')],
    madeJobs: [],
    surroundings: { autoscalers: [], disruptionBudgets: [], services: [] },
    autoscalerObjects: [],
    clusterPersona: parts.hasClusterPersona === false ? undefined : createCluster(parts),
    unseen: [],
  };
} // prettier-ignore

function createPersona(name: string, namespace: string): ApplicationPersona {
  return {
    apiVersion: 'dorgu.io/v1',
    kind: 'ApplicationPersona',
    metadata: { name, namespace },
    spec: { name, type: 'worker', tier: 'best-effort', ownership: { team: `team-${name}` } },
  };
}

function createCluster({ rules = [], exceptions = [], requirePersona = 'off' }: ViewParts): ClusterPersona {
  const policies = { requirePersona };
  return {
    apiVersion: 'dorgu.io/v1',
    kind: 'ClusterPersona',
    metadata: { name: 'east' },
    spec: { name: 'east', rules, exceptions, policies },
  };
}
