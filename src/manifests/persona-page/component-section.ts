// One component on the page: what it does, what it needs, what it promises.
import { isFromModel } from '../../application/model-words.ts';
import { hasReplicas, hasService, runsToEnd, type ComponentPlan, type PeerPlan } from '../component-plan.ts';
import { knownSchedule } from '../cron-job.ts';
import { knownProbes } from '../probes.ts';
import { citeFirst, joinWords, toCode, spellLanguage, toParagraph, toProse } from './markdown.ts';

/** Its lines below a heading. */
export function formatComponent(plan: ComponentPlan, title: string): string[] {
  const description = plan.settings.description ?? plan.component.description?.value;
  return [
    title,
    '',
    ...(description === undefined ? [] : [`${toParagraph(toProse(description))}${citeModel(plan)}`, '']),
    `${introduce(plan)} ${runs(plan)}`,
    '',
    ...list('It needs', needsOf(plan)),
    ...list('It promises', promisesOf(plan)),
  ];
}

/** Prose of a language model is told as such. */
function citeModel({ settings, component }: ComponentPlan): string {
  const evidence = settings.description === undefined ? component.description?.evidence : undefined;
  return evidence && isFromModel(evidence) ? ` _(${toProse(evidence[0]?.reason ?? '')})_` : '';
}

const list = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${title}:`, '', ...lines.map((line) => `- ${line}`), ''];

const kinds: Readonly<Record<ComponentPlan['workload'], string>> = {
  Deployment: 'service',
  StatefulSet: 'service with a disk of its own',
  DaemonSet: 'program that runs on every node',
  CronJob: 'job that runs by a schedule',
  Job: 'job that runs once for each version',
};

/** What it is, and what it is made with. */
function introduce(plan: ComponentPlan): string {
  const { component, workload, type, image } = plan;
  const what =
    workload !== 'Deployment'
      ? kinds[workload]
      : { api: 'server', web: 'web application', worker: 'worker', cron: 'job', daemon: 'daemon' }[type];
  const kind = component.kind === 'static' ? 'static site' : what;
  const { language, framework, languageVersion } = component;
  if (language === undefined)
    return image.isBuilt
      ? `A ${kind}${citeFirst(component.kindEvidence)}.`
      : `A ${kind} that runs the image ${toCode(image.reference)}${citeFirst(component.runtime.image?.evidence ?? [])}.`;
  const version = languageVersion === undefined ? '' : ` ${toProse(languageVersion.value)}`;
  const made = framework === undefined ? '' : ` with ${toProse(framework.value)}`;
  return `A ${kind}, written in ${spellLanguage(language.value)}${version}${made}.`;
}

function runs(plan: ComponentPlan): string {
  const { component, runAs, workload } = plan;
  const { startCommand } = component;
  const command = component.runtime.args ?? component.runtime.command;
  const schedule = workload === 'CronJob' ? knownSchedule(plan) : undefined;
  const start = startCommand ?? (command && { ...command, value: command.value.join(' ') });
  const sentences = [
    ...(start === undefined ? [] : [`It starts with ${toCode(start.value)}${citeFirst(start.evidence)}.`]),
    ...(schedule === undefined ? [] : [`It runs at ${toCode(schedule)} (UTC).`]),
    runAs.isRoot
      ? `It runs as root, because its image does${citeFirst(component.runtime.user?.evidence ?? [])}.`
      : `It runs as user ${runAs.uid} and cannot write to its own image.`,
  ];
  return sentences.join(' ');
}

function needsOf(plan: ComponentPlan): string[] {
  const { environment, resources } = plan;
  const required = environment.secrets
    .filter(({ isOptional }) => !isOptional)
    .map(({ name }) => toCode(name));
  const optional = environment.secrets.filter(({ isOptional }) => isOptional).map(({ name }) => toCode(name));
  const unset = environment.unset
    .filter(({ required: isRequired }) => isRequired)
    .map(({ name }) => toCode(name));
  return [
    ...plan.peers.map(describePeer),
    ...(required.length === 0
      ? []
      : [
          `${joinWords(required)} from the Secret ${toCode(environment.secretName)}; it does not start without.`,
        ]),
    ...(optional.length === 0
      ? []
      : [`${joinWords(optional)} from the same Secret, if you like; it starts without.`]),
    ...(unset.length === 0 ? [] : [`A value for ${joinWords(unset)}, which nothing sets yet.`]),
    `${resources.requests.cpu} CPU and ${resources.requests.memory} memory for each pod, and ${resources.limits.memory} memory at most.`,
  ];
}

const peerWords: Readonly<Record<PeerPlan['type'], string>> = {
  database: 'a database',
  cache: 'a cache',
  queue: 'a queue',
  service: 'a service',
  external: 'outside of the cluster',
};

function describePeer({ name, type, ports, isRequired, sibling }: PeerPlan): string {
  const label = sibling === undefined ? toProse(name) : `[${name}](#${name})`;
  const where = ports.length === 0 ? '' : ` at port ${joinWords(ports.map(String))}`;
  return `${label}, ${peerWords[type]}${where}${isRequired ? '' : '; it runs without'}.`;
}

function promisesOf(plan: ComponentPlan): string[] {
  const { name, namespace, ports, expose } = plan;
  const [main] = ports;
  return [
    ...(expose ? [`It is reached at https://${toProse(expose.host)}.`] : []),
    ...(hasService(plan) && main
      ? [
          `Inside the cluster it answers at ${toCode(`${name}.${namespace}.svc:${main.port}`)}${citeFirst(plan.component.ports.find(({ value }) => value === main.port)?.evidence ?? [])}.`,
        ]
      : []),
    ...healthOf(plan),
    ...replicasOf(plan),
    ...dataOf(plan),
  ];
}

function healthOf(plan: ComponentPlan): string[] {
  if (runsToEnd(plan)) return [];
  const { readiness, liveness } = knownProbes(plan);
  return [
    ...(readiness?.path === undefined
      ? []
      : [`It is ready when ${toCode(readiness.path)} answers${citeFirst(readiness.evidence)}.`]),
    ...(liveness?.path === undefined
      ? []
      : [`It is alive while ${toCode(liveness.path)} answers${citeFirst(liveness.evidence)}.`]),
  ];
}

function replicasOf(plan: ComponentPlan): string[] {
  const { scaling, rollout } = plan;
  if (!hasReplicas(plan)) return [];
  const rolls =
    rollout.type === 'Recreate'
      ? 'the old version stops before the new one starts'
      : 'a new version comes up before the old one goes';
  if (scaling.isAutoscaled)
    return [
      `Between ${scaling.minReplicas} and ${scaling.maxReplicas} pods run, more from ${scaling.targetCPU}% CPU on; ${rolls}.`,
    ];
  const count = scaling.minReplicas === 1 ? 'One pod runs' : `${scaling.minReplicas} pods run`;
  return [`${count}; ${rolls}.`];
}

function dataOf({ volumes }: ComponentPlan): string[] {
  const claims = volumes
    .filter(({ source }) => source.kind === 'claim')
    .map(({ mountPath }) => toCode(mountPath));
  return claims.length === 0 ? [] : [`What it writes to ${joinWords(claims)} outlives its pods.`];
}
