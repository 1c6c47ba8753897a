// What an application's owners promise: how its containers run, how it is rolled out, when it may be touched.
import { deploymentStrategies } from '../vocabulary.ts';
import { intOrPercent } from './amounts.ts';
import { choice, flag, integer, object } from './builders.ts';
import { rule } from './cross-field-rule.ts';
import { line } from './text.ts';

const security = object('SecurityPolicy', 'How every container of the application has to run.', {
  runAsNonRoot: flag(
    'Whether each container, init containers too, has to run as another user than root.',
    true,
  ),
  readOnlyRootFilesystem: flag('Whether each container has to have a read-only root file system.', true),
  allowPrivilegeEscalation: flag('Whether a process may gain more privileges than its parent.', false),
  runAsUser: integer('The numeric user that the containers run as. Recorded only.', 0, 4_294_967_294),
  imageRunsAsRoot: flag('Whether the image, left alone, runs as root. Recorded only.'),
});

type Count = string | number | undefined;

const isZero = (value: Count) => value !== undefined && /^0+%?$/.test(String(value));

const makesProgress = rule<{ strategy?: string; maxSurge?: Count; maxUnavailable?: Count }>(
  "(has(self.strategy) && self.strategy != 'RollingUpdate') || !has(self.maxSurge) || !has(self.maxUnavailable) || " +
    "!(string(self.maxSurge).matches('^0+%?$') && string(self.maxUnavailable).matches('^0+%?$'))",
  'maxSurge and maxUnavailable must not both be 0: a rolling update could not begin',
  ({ strategy, maxSurge, maxUnavailable }) =>
    (strategy ?? 'RollingUpdate') !== 'RollingUpdate' || !(isZero(maxSurge) && isZero(maxUnavailable)),
  '.maxSurge',
);

const deployment = object(
  'DeploymentPolicy',
  'How a new version replaces the old one.',
  {
    strategy: choice('BlueGreen and Canary expect an Argo Rollout.', deploymentStrategies, 'RollingUpdate'),
    maxSurge: intOrPercent(
      'How many replicas there may be beyond the wanted number; a percentage is rounded up.',
      '25%',
      999,
    ),
    maxUnavailable: intOrPercent(
      'How many replicas may be missing; a percentage is rounded down.',
      '25%',
      100,
    ),
  },
  [makesProgress],
);

const maintenance = object('MaintenancePolicy', 'When the application may be touched. Recorded only.', {
  window: line('When, in words or as a cron expression. Recorded only.'),
  autoRestart: flag('Whether it may be restarted without asking. Recorded only.', false),
});

/** The policies of an application. */
export const applicationPolicies = object('Policies', 'What the workload is held to.', {
  security,
  deployment,
  maintenance,
});
