// The settings of one component: in .dorgu.yaml they stand at the top for all of them, or below components.NAME for one.
import { createAppField, createField, type Field } from './field.ts';
import {
  choice,
  durationSeconds,
  flag,
  integer,
  intOrPercent,
  quantity,
  text,
  textMap,
  word,
  wordList,
} from './value-kind.ts';

const port = integer(1, 65_535);
const replicas = integer(0, 1000);
const percent = integer(1, 100);
const inWorkspace = (workspace: string) => ({ places: { workspace } });

/** By name, which is also the place below components.NAME. */
export const componentFields = {
  tier: createField('tier', choice(['critical', 'standard', 'best-effort']), 'how much it matters', {
    places: { app: 'app.tier' },
  }),
  type: createAppField('type', choice(['api', 'web', 'worker', 'cron', 'job', 'daemon']), 'what it is', {
    app: 'app.type',
  }),
  description: createAppField('description', text, 'one sentence on what it does', {
    app: 'app.description',
  }),
  port: createAppField('port', port, 'port that it listens on'),
  replicas: createField('replicas', replicas, 'pods, where nothing scales it'),
  schedule: createAppField('schedule', text, 'cron expression, for a cron'),
  'resources.requests.cpu': createField('resources.requests.cpu', quantity, 'CPU that is reserved', {
    ...inWorkspace('resources.defaults.requests.cpu'),
  }),
  'resources.requests.memory': createField('resources.requests.memory', quantity, 'memory that is reserved', {
    ...inWorkspace('resources.defaults.requests.memory'),
  }),
  'resources.requests.ephemeral_storage': createField(
    'resources.requests.ephemeral_storage',
    quantity,
    'disk that is reserved',
    inWorkspace('resources.defaults.requests.ephemeral_storage'),
  ),
  'resources.limits.cpu': createField('resources.limits.cpu', quantity, 'CPU at most', {
    ...inWorkspace('resources.defaults.limits.cpu'),
  }),
  'resources.limits.memory': createField('resources.limits.memory', quantity, 'memory at most', {
    ...inWorkspace('resources.defaults.limits.memory'),
  }),
  'resources.limits.ephemeral_storage': createField(
    'resources.limits.ephemeral_storage',
    quantity,
    'disk at most',
    inWorkspace('resources.defaults.limits.ephemeral_storage'),
  ),
  'resources.profile': createField(
    'resources.profile',
    choice(['minimal', 'standard', 'compute-heavy', 'memory-heavy']),
    'what to start from where no quantity is given',
  ),
  'scaling.min_replicas': createField('scaling.min_replicas', replicas, 'pods at least'),
  'scaling.max_replicas': createField('scaling.max_replicas', integer(1, 1000), 'pods at most'),
  'scaling.target_cpu': createField('scaling.target_cpu', percent, 'percent of the CPU request'),
  'scaling.target_memory': createField('scaling.target_memory', percent, 'percent of the memory request'),
  'scaling.behavior': createField(
    'scaling.behavior',
    choice(['conservative', 'balanced', 'aggressive']),
    'how fast it scales',
  ),
  'health.liveness.path': createAppField('health.liveness.path', word, 'path that says it lives'),
  'health.readiness.path': createAppField('health.readiness.path', word, 'path that says it is ready'),
  'health.liveness.port': createAppField('health.liveness.port', port, 'port of the liveness probe'),
  'health.readiness.port': createAppField('health.readiness.port', port, 'port of the readiness probe'),
  'health.startup_grace_period': createField(
    'health.startup_grace_period',
    durationSeconds,
    'time that a start may take',
  ),
  labels: createField('labels', textMap, 'labels of every object', inWorkspace('labels.custom')),
  annotations: createField(
    'annotations',
    textMap,
    'annotations of every object',
    inWorkspace('annotations.custom'),
  ),
  'ingress.enabled': createAppField('ingress.enabled', flag, 'reached from outside'),
  'deployment_policy.strategy': createField(
    'deployment_policy.strategy',
    choice(['RollingUpdate', 'Recreate', 'BlueGreen', 'Canary']),
    'how a new version replaces the old one',
  ),
  'deployment_policy.max_surge': createField(
    'deployment_policy.max_surge',
    intOrPercent,
    'pods over the wanted number during a rollout',
  ),
  'deployment_policy.max_unavailable': createField(
    'deployment_policy.max_unavailable',
    intOrPercent,
    'pods under the wanted number during a rollout',
  ),
  'operations.maintenance_window': createField(
    'operations.maintenance_window',
    text,
    'when work on it is welcome',
  ),
  'operations.auto_restart': createField('operations.auto_restart', flag, 'recorded in the persona'),
  priority_class: createField('priority_class', word, 'name of an existing PriorityClass'),
  secret_name: createAppField('secret_name', word, 'existing Secret that holds the secret variables'),
  image_pull_secrets: createField('image_pull_secrets', wordList, 'existing pull Secrets'),
} as const satisfies Record<string, Field<never> | Field<unknown>>;

/** What one component may say that all of them cannot: only below components.NAME. */
export const singleComponentFields = {
  image: createAppField('image', word, 'image of the component, with or without tag or digest'),
  'ingress.host': createAppField('ingress.host', word, 'DNS name of the component'),
} as const;
