// How to run the application, look at it and bring it back: commands with the names that were generated.
import { applyCommand } from '../apply-command.ts';
import { joinPath } from '../argo-application.ts';
import { hasReplicas, type ComponentPlan } from '../component-plan.ts';
import { buildNamespace } from '../namespace.ts';
import { reachCommand } from '../decisions.ts';
import type { ApplicationPlan } from '../plan-application.ts';
import { listNeededSecrets } from '../secret-example.ts';
import { joinWords, toCode } from './markdown.ts';

/** Components whose commands are shown; the rest go by the same pattern. */
const shownComponents = 5;

/** The two sections. */
export function formatRunbook(plan: ApplicationPlan): string[] {
  return [...formatRun(plan), ...formatRestore(plan)];
}

const fence = (lines: readonly string[]): string[] => ['```sh', ...lines, '```', ''];

function formatRun(plan: ApplicationPlan): string[] {
  const { name, namespace, components } = plan;
  const secrets = components.flatMap(listNeededSecrets);
  const files = components
    .filter((one) => listNeededSecrets(one).length > 0)
    .map(({ folder }) => toCode(joinPath(folder, 'secret.example')));
  const reach = reachCommand(plan);
  return [
    '## Run it',
    '',
    ...(secrets.length === 0
      ? []
      : [
          `Once, make ${secrets.length === 1 ? 'the Secret' : 'the Secrets'} that it does not start without (${joinWords(files.slice(0, 3))}${files.length > 3 ? ', …' : ''} ${secrets.length === 1 ? 'says' : 'say'} who reads what):`,
          '',
          ...fence([...makeNamespace(plan), ...secrets.map(({ command }) => command)]),
        ]),
    'Then, and after every change:',
    '',
    ...fence([
      applyCommand(plan),
      `kubectl -n ${namespace} get pods -l app.kubernetes.io/part-of=${name}`,
      ...(reach === undefined ? [] : [reach]),
    ]),
    'To see what is wrong with it:',
    '',
    ...fence([
      ...components.slice(0, shownComponents).map((component) => statusCommand(component)),
      ...components.slice(0, shownComponents).map((component) => logsCommand(component)),
    ]),
  ];
}

/** Secrets live in it, so it comes first. */
function makeNamespace({ name, namespace, options }: ApplicationPlan): string[] {
  if (buildNamespace(namespace, name) === undefined) return [];
  const { format, outputDir } = options;
  if (format === 'helm') return [`kubectl create namespace ${namespace}`];
  return [`kubectl apply -f ${outputDir}/${format === 'plain' ? '00-' : ''}namespace.yaml`];
}

const statusCommand = ({ name, namespace }: ComponentPlan) =>
  `kubectl dorgu persona status ${name} -n ${namespace}`;

const logsCommand = ({ name, namespace }: ComponentPlan) =>
  `kubectl -n ${namespace} logs -l app.kubernetes.io/instance=${name} --tail=100`;

function formatRestore(plan: ApplicationPlan): string[] {
  const { namespace, components } = plan;
  const rolling = components.find(hasReplicas);
  const secrets = components.flatMap(listNeededSecrets).map(({ name }) => toCode(name));
  const disks = components.flatMap(disksOf);
  return [
    '## Restore it',
    '',
    ...(rolling === undefined
      ? []
      : [
          'A version that is no good is taken back by reverting its commit, or at once, until the next sync:',
          '',
          ...fence([
            `kubectl -n ${namespace} rollout undo ${rolling.workload.toLowerCase()}/${rolling.name}`,
          ]),
        ]),
    ...lossLines(plan, [
      ...(secrets.length === 0
        ? []
        : [`the values of ${secretWords([...new Set(secrets)])}: keep them where your team keeps secrets;`]),
      ...disks.map((disk) => `${disk};`),
    ]),
  ];
}

const secretWords = (names: readonly string[]) =>
  `the ${names.length === 1 ? 'Secret' : 'Secrets'} ${joinWords(names)}`;

/** What a cluster that is gone takes with it. */
function lossLines(plan: ApplicationPlan, lost: readonly string[]): string[] {
  const all = `After the loss of a cluster, ${toCode(applyCommand(plan))} brings back`;
  if (lost.length === 0)
    return [`${all} all of it: everything is in git, and there are no Secrets and no disks.`, ''];
  const outside = plan.components.some(({ peers }) => peers.some(({ sibling }) => sibling === undefined));
  const last = outside ? ['what it keeps with services that are not generated here;'] : [];
  const items = [...lost, ...last].map((item, index, list) =>
    index === list.length - 1 ? `- ${item.replace(/;$/, '.')}` : `- ${item}`,
  );
  return [`${all} everything that is in git. What is not:`, '', ...items, ''];
}

function disksOf({ name, volumes, workload }: ComponentPlan): string[] {
  return volumes.flatMap((volume) => {
    const { source, mountPath } = volume;
    if (source.kind !== 'claim') return [];
    const claim = workload === 'StatefulSet' ? `${volume.name}-${name}-0` : source.claimName;
    return [
      `the data of ${name} in ${toCode(mountPath)}, on the claim ${toCode(claim)} (${source.size}): back it up, and fill it before you let ${name} start`,
    ];
  });
}
