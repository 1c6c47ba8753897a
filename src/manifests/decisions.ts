// What only a person can decide or do, said once each, with the command that settles it.
import { hasService } from './component-plan.ts';
import type { ComponentPlan } from './component-plan.ts';
import { chosenPort, isPortChosen } from './container-ports.ts';
import { dataStoreOf } from './data-store.ts';
import { formatDockerfile, lacksDockerfile } from './dockerfile/dockerfile.ts';
import { formatPlace as place } from './evidence-place.ts';
import { knownSchedule } from './cron-job.ts';
import type { Decision, NextSteps } from './generated-file.ts';
import { gitlabPipelinePath } from './gitlab-pipeline.ts';
import { applyCommand } from './apply-command.ts';
import { joinPath } from './argo-application.ts';
import type { ApplicationPlan } from './plan-application.ts';
import { unknownUserDecisions, versionDecisions } from './image-decisions.ts';
import { examplePath, listNeededSecrets } from './secret-example.ts';
import { addedCapabilities } from './security-context.ts';
import { shellWord } from './shell-word.ts';
import { toOneLine } from './yaml-text.ts';

/** Everything to decide, the whole application first. */
export function listDecisions(plan: ApplicationPlan): Decision[] {
  return [
    ...imageDecisions(plan),
    ...repositoryDecisions(plan),
    ...workflowDecisions(plan),
    ...plan.components.flatMap((component) => [
      ...versionDecisions(component),
      ...unknownUserDecisions(component),
      ...secretDecisions(component),
      ...portDecisions(component, plan),
      ...rootDecisions(component),
      ...storageDecisions(component),
      ...scheduleDecisions(component),
      ...buildDecisions(component),
      ...configDecisions(component),
      ...dependencyDecisions(component),
    ]),
  ];
}

/** What to run next. */
export function nextSteps(plan: ApplicationPlan, hasArgoApplication: boolean): NextSteps {
  const reach = reachCommand(plan);
  return {
    ...(hasArgoApplication ? { register: 'kubectl apply -f argocd/application.yaml' } : {}),
    apply: applyCommand(plan),
    ...(reach === undefined ? {} : { reach }),
  };
}

/** Reaches the component that a person wants to see first; undefined where none has a port. */
export function reachCommand({ namespace, components }: ApplicationPlan): string | undefined {
  const serving = entryOf(components.filter(hasService));
  const port = serving?.ports[0]?.port;
  if (serving === undefined || port === undefined) return undefined;
  const local = port < 1024 ? `${8000 + port}:` : '';
  return `kubectl -n ${namespace} port-forward svc/${serving.name} ${local}${port}`;
}

/** What a person wants to see first: what is exposed, else pages, else what nobody inside calls; a database last. */
function entryOf(serving: readonly ComponentPlan[]): ComponentPlan | undefined {
  const own = serving.filter(({ component }) => dataStoreOf(component) === undefined);
  return (
    own.find(({ expose }) => expose !== undefined) ??
    own.find(({ type }) => type === 'web') ??
    own.find(({ callers }) => callers.length === 0) ??
    own[0] ??
    serving[0]
  );
}

function imageDecisions({ options, components }: ApplicationPlan): Decision[] {
  const built = components.find(({ image }) => image.isBuilt);
  if (!built || options.image.source === 'settings' || built.settings.image !== undefined) return [];
  const { repository } = built.image;
  const command = 'kubectl dorgu config set registry …';
  if (options.image.source === 'placeholder') {
    return [{ topic: 'image', message: `${repository} is a placeholder: no registry is known`, command }];
  }
  return [{ topic: 'image', message: `${repository}, from the git remote: is that your registry?`, command }];
}

function repositoryDecisions({ options }: ApplicationPlan): Decision[] {
  if (options.git.remote.source !== 'placeholder' || options.profile === 'minimal') return [];
  return [
    {
      topic: 'repository',
      message: `there is no git remote: argocd/application.yaml has ${options.git.remote.value} in its place`,
      command: 'git remote add origin … && kubectl dorgu generate',
    },
  ];
}

function workflowDecisions({ options, components, name }: ApplicationPlan): Decision[] {
  const { pathInRepository } = options.git;
  if (options.profile !== 'standard' || !components.some(({ image }) => image.isBuilt)) return [];
  if (options.ci === 'gitlab') return [includeDecision(pathInRepository)];
  if (options.ci !== 'github' || pathInRepository === '.') return [];
  const up = pathInRepository
    .split('/')
    .map(() => '..')
    .join('/');
  return [
    {
      topic: 'workflow',
      message: 'GitHub reads workflows at the root of the repository only',
      command: `mkdir -p ${up}/.github/workflows && cp .github/workflows/deploy.yaml ${up}/.github/workflows/deploy-${name}.yaml`,
    },
  ];
}

/** GitLab reads one file, which is a person's. */
function includeDecision(pathInRepository: string): Decision {
  const path = joinPath(pathInRepository, gitlabPipelinePath);
  return {
    topic: 'workflow',
    message: `GitLab runs what .gitlab-ci.yml includes, and job tokens may push where Settings > CI/CD lets them: include ${path}`,
    command: `printf 'include:\\n  - local: /${path}\\n' >> "$(git rev-parse --show-toplevel)/.gitlab-ci.yml"`,
  };
}

function secretDecisions(plan: ComponentPlan): Decision[] {
  const file = examplePath(plan);
  return listNeededSecrets(plan).map(({ message, command }) => ({
    topic: 'secrets',
    component: plan.name,
    message: `${message} (${file})`,
    command,
  }));
}

function portDecisions(plan: ComponentPlan, { application }: ApplicationPlan): Decision[] {
  const component = plan.name;
  const conflicts = application.conflicts
    .filter((conflict) => conflict.component === plan.component.name && /^ports?$/.test(conflict.fact))
    .map(({ message }): Decision => ({ topic: 'port', component, message: toOneLine(message) }));
  const isServing = plan.type === 'api' || plan.type === 'web';
  if (isServing && isPortChosen(plan.component, plan.settings)) {
    const where = `${component} listens where PORT says, and nothing sets it: ${chosenPort} is set`;
    return [...conflicts, { topic: 'port', component, message: where }];
  }
  if (!isServing || plan.ports.length > 0) return conflicts;
  return [
    ...conflicts,
    {
      topic: 'port',
      component,
      message: `${component} serves, but on which port is not known: it gets no Service`,
    },
  ];
}

function rootDecisions(plan: ComponentPlan): Decision[] {
  const { runAs, component, name } = plan;
  const added = addedCapabilities(plan);
  if (runAs.isRoot) {
    const where = place(component.runtime.user?.evidence);
    const message = `${name} runs as root${where === '' ? '' : ` (${where})`}: Pod Security restricted refuses it`;
    return [
      {
        topic: 'root',
        component: name,
        message,
        command: 'USER 10001 in its Dockerfile, then generate again',
      },
    ];
  }
  const assumed = assumedRootDecisions(plan);
  if (added.length === 0) return assumed;
  const where = place(component.runtime.capabilitiesAdd?.evidence);
  return [
    ...assumed,
    {
      topic: 'root',
      component: name,
      message: `${name} gets the capabilities ${added.join(', ')}${where === '' ? '' : ` (${where})`}`,
    },
  ];
}

/** Its image would run as root for want of a USER; here it does not, and a person should know. */
function assumedRootDecisions({ component, name, runAs }: ComponentPlan): Decision[] {
  const user = component.runtime.user;
  if (user?.value.isRoot !== true || user.value.isAssumed !== true) return [];
  const where = place(user.evidence);
  return [
    {
      topic: 'root',
      component: name,
      message: `${name} has no USER${where === '' ? '' : ` (${where})`}: here it runs as ${runAs.uid}, without root`,
      command: `USER ${runAs.uid} in its Dockerfile says the same there`,
    },
  ];
}

function storageDecisions({ volumes, name, workload }: ComponentPlan): Decision[] {
  return volumes.flatMap(({ source, mountPath }) =>
    source.kind === 'claim'
      ? [
          {
            topic: 'storage' as const,
            component: name,
            message: `${name} keeps data in ${mountPath}: a claim of ${source.size}${workload === 'StatefulSet' ? ' for each replica' : ''}`,
          },
        ]
      : [],
  );
}

function scheduleDecisions(plan: ComponentPlan): Decision[] {
  const { name, namespace, workload } = plan;
  if (workload === 'Job')
    return [
      {
        topic: 'schedule',
        component: name,
        message: `${name} runs once for each version; Argo CD makes its Job anew, by hand the old one has to go first`,
        command: `kubectl delete job ${name} -n ${namespace} --ignore-not-found`,
      },
    ];
  if (workload !== 'CronJob' || knownSchedule(plan) !== undefined) return [];
  return [
    {
      topic: 'schedule',
      component: plan.name,
      message: `when ${plan.name} runs is not known: its CronJob is suspended`,
    },
  ];
}

function buildDecisions(plan: ComponentPlan): Decision[] {
  if (!lacksDockerfile(plan)) return [];
  const { component, image, name } = plan;
  const path = joinPath(component.path, 'Dockerfile');
  if (formatDockerfile(plan) === undefined)
    return [
      {
        topic: 'build',
        component: name,
        message: `${name} has no Dockerfile, and none is known that would be sure to work: nothing builds ${image.repository}`,
      },
    ];
  return [
    {
      topic: 'build',
      component: name,
      message: `${name} had no Dockerfile: ${path} is written; try it before it goes anywhere`,
      command: `docker build -t ${name} -f ${shellWord(path)} ${shellWord(component.path)}`,
    },
  ];
}

function configDecisions({ environment, name, folder }: ComponentPlan): Decision[] {
  const missing = environment.unset.filter(({ required }) => required);
  if (missing.length === 0) return [];
  const names = missing.slice(0, 6).map((entry) => entry.name);
  const more = missing.length > names.length ? ` and ${missing.length - names.length} more` : '';
  const message = `${name} reads ${names.join(', ')}${more}, and nothing gives a value (${joinPath(folder, 'configmap.yaml')})`;
  return [{ topic: 'config', component: name, message }];
}

/** What compose names only an image for is expected in the namespace, under the name that the variables use. */
function dependencyDecisions({ peers, name, component }: ComponentPlan): Decision[] {
  return peers.flatMap((peer) => {
    if (peer.sibling !== undefined || peer.isExternal) return [];
    const fact = component.dependencies.find((dependency) => dependency.name === peer.name);
    const address = [peer.host ?? peer.name, ...peer.ports.slice(0, 1)].join(':');
    const where = place(fact?.evidence);
    const message = `${name} needs ${toOneLine(peer.name)} at ${toOneLine(address)}${where === '' ? '' : ` (${where})`}, which is not generated`;
    return [{ topic: 'dependency' as const, component: name, message }];
  });
}
