// What a run of generate did to the disk, as a person reads it: counts first, then the touched files by folder.
import type { FileStatus, PlannedFile } from '../../output/plan-files.ts';
import { escapeText } from '../../ui/escape.ts';
import { padEnd } from '../../ui/width.ts';
import { foldWords } from './fold-words.ts';

type File = Pick<PlannedFile, 'path' | 'status'>;

/** Each status as it is counted. */
const WORDS: Readonly<Record<FileStatus, string>> = {
  new: 'new',
  changed: 'changed',
  merged: 'merged with your edits',
  removed: 'removed',
  conflict: 'in conflict with your edits',
  kept: 'as you edited them',
  deleted: 'deleted by you',
  orphaned: 'orphaned',
  unchanged: 'unchanged',
};

/** What has nothing to say in the list of files. */
const UNTOUCHED: ReadonlySet<FileStatus> = new Set(['unchanged', 'kept', 'deleted', 'orphaned']);

/** What a person looks for first stands first; what is not named here follows by name. */
const FILE_ORDER = [
  'deployment',
  'statefulset',
  'daemonset',
  'cronjob',
  'job',
  'service',
  'serviceaccount',
  'configmap',
];

/** `17 files, 16 new, 1 unchanged`. */
export function countFiles(files: readonly File[]): string {
  const counts = Object.entries(WORDS).flatMap(([status, word]) => {
    const count = files.filter((file) => file.status === status).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return [`${files.length} ${files.length === 1 ? 'file' : 'files'}`, ...counts].join(', ');
}

/** Lines of the touched files: a line for each folder below `outputDir`, its own files, and what lies beside it. */
export function formatFiles(files: readonly File[], outputDir: string, width: number): string[] {
  const touched = files.filter(({ status }) => !UNTOUCHED.has(status));
  const inside = touched.filter(({ path }) => path.startsWith(`${outputDir}/`));
  const beside = touched.filter((file) => !inside.includes(file)).map(({ path }) => escapeText(path));
  const folders = new Map<string, string[]>();
  for (const { path } of inside) {
    const rest = path.slice(outputDir.length + 1);
    const slash = rest.lastIndexOf('/');
    const folder = slash === -1 ? '' : rest.slice(0, slash + 1);
    const name = escapeText(rest.slice(slash + 1));
    folders.set(folder, [...(folders.get(folder) ?? []), folder === '' ? name : name.replace(/\.yaml$/, '')]);
  }
  const names = [...folders.keys()].filter((folder) => folder !== '');
  const indent = Math.max(0, ...names.map((name) => escapeText(name).length)) + 2;
  return [
    ...names.flatMap((folder) =>
      foldWords(`  ${padEnd(escapeText(folder), indent)}`, sortNames(folders.get(folder) ?? []), width),
    ),
    ...(folders.has('') ? foldWords('  ', sortNames(folders.get('') ?? []), width) : []),
    ...(beside.length === 0 ? [] : foldWords(`  and beside ${escapeText(outputDir)}/: `, beside, width)),
  ];
}

function sortNames(names: readonly string[]): string[] {
  const rank = (name: string) => {
    const index = FILE_ORDER.indexOf(name.replace(/\.yaml$/, ''));
    return index === -1 ? FILE_ORDER.length : index;
  };
  return [...names].sort((left, right) => rank(left) - rank(right));
}
