// The table of commands: what there is, in the order of `help`, and how to load each when it is called.
import type { CommandClass } from './base.ts';

/** One command; `load` imports it, so that nothing is read that is not run. */
export interface CommandEntry {
  /** One line for `help` and the README. */
  summary: string;
  load: () => Promise<{ default: CommandClass }>;
}

/** By name as a person types it; a space separates topic and command. */
export const commands: ReadonlyMap<string, CommandEntry> = new Map<string, CommandEntry>([
  [
    'generate',
    { summary: 'analyse an application and write its manifests', load: () => import('./generate.ts') },
  ],
  ['analyze', { summary: 'what an application is, with evidence', load: () => import('./analyze.ts') }],
  ['check', { summary: 'judge manifests by their personas, offline', load: () => import('./check.ts') }],
  ['init', { summary: 'write a settings file with comments', load: () => import('./init.ts') }],
  [
    'config get',
    { summary: 'print a value, and where it comes from', load: () => import('./config/get.ts') },
  ],
  ['config list', { summary: 'list what is set, and by whom', load: () => import('./config/list.ts') }],
  ['config path', { summary: "print the path of this user's file", load: () => import('./config/path.ts') }],
  ['config set', { summary: "write a value into this user's file", load: () => import('./config/set.ts') }],
  [
    'persona apply',
    { summary: 'apply the personas of source or files', load: () => import('./persona/apply.ts') },
  ],
  [
    'persona generate',
    { summary: 'print the personas of an application', load: () => import('./persona/generate.ts') },
  ],
  [
    'persona list',
    { summary: 'list the personas of a namespace, or of all', load: () => import('./persona/list.ts') },
  ],
  [
    'persona diff',
    {
      summary: 'a persona against what runs, or against its source',
      load: () => import('./persona/diff.ts'),
    },
  ],
  [
    'persona status',
    { summary: 'how an application is, and why it is not up', load: () => import('./persona/status.ts') },
  ],
  ['persona watch', { summary: 'personas as they change', load: () => import('./persona/watch.ts') }],
  [
    'persona impact',
    { summary: 'what enforcing would deny, and from when', load: () => import('./persona/impact.ts') },
  ],
  [
    'recommend',
    { summary: 'what to ask for and to be held to, and why', load: () => import('./recommend.ts') },
  ],
  [
    'cluster init',
    { summary: 'discover the cluster and write down what it is', load: () => import('./cluster/init.ts') },
  ],
  [
    'cluster describe',
    {
      summary: 'what the cluster is, has and runs',
      load: () => import('./cluster/describe.ts'),
    },
  ],
  ['cluster status', { summary: 'whether the cluster is well', load: () => import('./cluster/status.ts') }],
  ['explain', { summary: 'why a field is what it is, what a rule asks', load: () => import('./explain.ts') }],
  [
    'persona import',
    { summary: 'describe running workloads as personas', load: () => import('./persona/import.ts') },
  ],
  ['persona delete', { summary: 'delete personas', load: () => import('./persona/delete.ts') }],
  ['watch personas', { summary: 'the same as persona watch', load: () => import('./watch/personas.ts') }],
  ['watch cluster', { summary: 'the cluster as it changes', load: () => import('./watch/cluster.ts') }],
  ['watch events', { summary: 'what happens to personas', load: () => import('./watch/events.ts') }],
  [
    'watch deployments',
    { summary: 'Deployments as they change', load: () => import('./watch/deployments.ts') },
  ],
  ['doctor', { summary: 'what is broken between here and a persona', load: () => import('./doctor.ts') }],
  ['version', { summary: 'the version of this plugin', load: () => import('./version.ts') }],
  ['options', { summary: 'the flags that every command takes', load: () => import('./options.ts') }],
  ['help', { summary: 'usage of a command, with --examples what to type', load: () => import('./help.ts') }],
]);

/** Names with several commands below. */
export const topics: ReadonlyMap<string, string> = new Map([
  ['config', 'settings, and where each value comes from'],
  ['persona', 'what applications are meant to be, in the cluster'],
  ['cluster', 'what the cluster is: the ClusterPersona'],
  ['watch', 'what changes, as it changes'],
]);

/** Looked up by name; undefined where there is none. */
export async function loadCommand(name: string): Promise<CommandClass | undefined> {
  return (await commands.get(name)?.load())?.default;
}
