// Why the persona says what it says.
import type { ComponentPlan } from '../manifests/component-plan.ts';
import { knownProbes } from '../manifests/probes.ts';
import {
  amounts,
  explainPort,
  explainAmount,
  explainDescription,
  explainName,
  explainRemote,
  explainReplicas,
  explainTag,
  explainType,
  explainUser,
} from './plan-reasons.ts';
import { explainStart } from './probe-fields.ts';
import { itemOf } from './item-of.ts';
import { always, type ComponentFieldView, type Explain, type FieldTable, type Reason } from './reason.ts';
import { explainMaximum, explainTarget } from './scaling-fields.ts';

const identity: FieldTable<ComponentFieldView> = {
  'spec.name': ({ component }) => explainName(component),
  'spec.version': ({ component }) => explainTag(component),
  'spec.type': ({ component }) => explainType(component),
  'spec.tier': ({ component }) => ({
    because:
      component.settings.tier === undefined
        ? 'standard until somebody says how much it matters'
        : 'settings say how much it matters',
    settings: ['tier'],
  }),
  'spec.technical.language': ({ component: { component } }) => ({
    because: 'what it is written in',
    evidence: component.language?.evidence ?? [],
  }),
  'spec.technical.framework': ({ component: { component } }) => ({
    because: 'what it is made with',
    evidence: component.framework?.evidence ?? [],
  }),
  'spec.technical.description': ({ component }) => explainDescription(component),
};

const resources: FieldTable<ComponentFieldView> = Object.fromEntries(
  amounts.map((amount): [string, Explain<ComponentFieldView>] => [
    `spec.resources.${amount.side}.${amount.key}`,
    ({ component }) => ({
      ...explainAmount(component, amount),
      rule: amount.side === 'requests' ? 'resources/request-below-persona' : 'resources/limit-above-persona',
    }),
  ]),
);

const scaling: FieldTable<ComponentFieldView> = {
  'spec.scaling.minReplicas': ({ component }) => ({
    ...explainReplicas(component),
    rule: 'scaling/replicas-below-min',
  }),
  'spec.scaling.maxReplicas': ({ component }) =>
    component.scaling.isAutoscaled
      ? explainMaximum(component)
      : { ...explainReplicas(component), rule: 'scaling/replicas-above-max' },
  'spec.scaling.targetCPU': explainTarget,
  'spec.scaling.targetMemory': () => ({
    because: 'settings say at how much memory it grows',
    settings: ['scaling.target_memory'],
  }),
  'spec.scaling.behavior': ({ component }) => ({
    because:
      component.settings.scaling?.behavior === undefined
        ? 'balanced, where nobody says otherwise'
        : 'settings say how fast it scales',
    settings: ['scaling.behavior'],
  }),
};

function explainHealth(plan: ComponentPlan, side: 'readiness' | 'liveness'): Reason {
  const { readiness, liveness } = knownProbes(plan);
  const given = {
    readiness: plan.settings.health?.readinessPath,
    liveness: plan.settings.health?.livenessPath,
  };
  const shared = { settings: [`health.${side}.path`], rule: `health/${side}` };
  if (given[side] !== undefined) return { because: 'settings name the path', ...shared };
  const fact = side === 'readiness' ? (readiness ?? liveness) : liveness;
  if (fact === undefined || fact.evidence.length === 0)
    return { because: 'a static site answers its own root', ...shared };
  return { because: 'the source answers there', evidence: fact.evidence, ...shared };
}

const health: FieldTable<ComponentFieldView> = {
  'spec.health.livenessPath': ({ component }) => explainHealth(component, 'liveness'),
  'spec.health.readinessPath': ({ component }) => explainHealth(component, 'readiness'),
  'spec.health.port': ({ component, value }) => ({
    ...explainPort(
      component,
      component.ports.find(({ port }) => port === value),
    ),
    settings: ['health.readiness.port', 'health.liveness.port', 'port'],
  }),
  'spec.health.startupGracePeriod': ({ component }) => explainStart(component),
};

function explainDependency(view: ComponentFieldView): Reason {
  const { component } = view;
  const name = itemOf(view, 'dependencies')?.['name'];
  const own = component.settings.dependencies?.some((one) => one.name === name);
  if (own === true) return { because: 'settings say that it needs it', settings: ['dependencies'] };
  const facts = component.component.dependencies.filter(
    (fact) => fact.name === name || fact.component === name,
  );
  const peer = component.peers.find((one) => one.name === name);
  const byPeer = component.component.dependencies.filter(
    (fact) => fact.host !== undefined && fact.host === peer?.host,
  );
  const found =
    facts.length > 0
      ? facts
      : byPeer.length > 0
        ? byPeer
        : component.component.dependencies.filter(
            ({ component: target }) => target !== undefined && peer?.sibling !== undefined,
          );
  return { because: 'its source asks for it', evidence: found.flatMap(({ evidence }) => evidence) };
}

const networking: FieldTable<ComponentFieldView> = {
  'spec.networking.ports[].port': (view) =>
    explainPort(view.component, view.component.ports[Number(view.path[3])]),
  'spec.networking.ports[].protocol': (view) => ({
    ...explainPort(view.component, view.component.ports[Number(view.path[3])]),
    because: `it speaks ${String(view.value)} there`,
  }),
  'spec.networking.ports[].purpose': (view) => ({
    ...explainPort(view.component, view.component.ports[Number(view.path[3])]),
    because: "the port's name says what speaks there",
  }),
  'spec.networking.ingress.enabled': () => ({
    because: 'it is asked for from outside',
    settings: ['expose', 'ingress.enabled'],
  }),
  'spec.networking.ingress.host': () => ({
    because: 'the DNS name that it is served under',
    settings: ['host', 'ingress.host'],
  }),
  'spec.networking.ingress.paths[]': ({ component }) => ({
    because: component.settings.ingress?.paths
      ? 'settings name the path'
      : 'everything under the host is its own',
    settings: ['ingress.paths'],
  }),
  'spec.networking.ingress.tlsEnabled': always('nothing is served without TLS'),
};

const said = (what: string, setting: string) => (): Reason => ({
  because: `settings say ${what}`,
  settings: [setting],
});

const ownership: FieldTable<ComponentFieldView> = {
  'spec.ownership.team': said('which team answers for it', 'team'),
  'spec.ownership.owner': said('who answers for it', 'owner'),
  'spec.ownership.oncall': said('who is on call', 'oncall'),
  'spec.ownership.runbook': said('what to do when it fails', 'runbook'),
  'spec.ownership.repository': ({ application }) => explainRemote(application),
  'spec.policies.maintenance.window': said('when work on it is welcome', 'operations.maintenance_window'),
  'spec.policies.maintenance.autoRestart': said('that it may be restarted', 'operations.auto_restart'),
};

const policies: FieldTable<ComponentFieldView> = {
  'spec.policies.security.runAsNonRoot': ({ component }) => ({
    ...explainUser(component),
    rule: 'security/run-as-non-root',
  }),
  'spec.policies.security.readOnlyRootFilesystem': ({ component }) => ({
    ...explainUser(component),
    because: component.runAs.isRoot
      ? 'an entry point that starts as root mostly writes to its image first'
      : 'what it writes to is mounted, so its root can be read-only',
    rule: 'security/read-only-root',
  }),
  'spec.policies.security.allowPrivilegeEscalation': always(
    'no program of it may gain more rights than it was started with',
    'security/privilege-escalation',
  ),
  'spec.policies.deployment.strategy': ({ component }) => ({
    because:
      component.settings.deploymentPolicy?.strategy === undefined
        ? component.rollout.type === 'Recreate'
          ? 'only one may run at a time: the old one goes first'
          : 'a new version comes up before the old one goes'
        : 'settings say how a new version replaces the old one',
    settings: ['deployment_policy.strategy'],
    rule: 'rollout/strategy',
  }),
  'spec.policies.deployment.maxSurge': () => ({
    because: 'a quarter at a time, where nobody says otherwise',
    settings: ['deployment_policy.max_surge'],
    rule: 'rollout/strategy',
  }),
  'spec.policies.deployment.maxUnavailable': () => ({
    because: 'a quarter at a time, where nobody says otherwise',
    settings: ['deployment_policy.max_unavailable'],
    rule: 'rollout/strategy',
  }),
};

/** Without metadata. */
export const personaFields: FieldTable<ComponentFieldView> = {
  ...identity,
  ...resources,
  'spec.resources.profile': () => ({
    because: 'settings name what to start from',
    settings: ['resources.profile'],
  }),
  ...scaling,
  ...health,
  'spec.dependencies[].name': explainDependency,
  'spec.dependencies[].type': (view) => ({
    ...explainDependency(view),
    because: `a ${String(view.value)}, by what is known of it`,
  }),
  'spec.dependencies[].required': (view) => ({
    ...explainDependency(view),
    because:
      view.value === true
        ? 'nothing shows that it does without'
        : 'the source does without it where it is not there',
  }),
  'spec.dependencies[].healthCheck': said('how to ask it', 'dependencies'),
  ...networking,
  ...ownership,
  ...policies,
};
