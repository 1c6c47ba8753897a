// --dry-run of commands that write into a cluster, as kubectl has it: none, client, server; alone it means client.
import * as Flags from '@oclif/core/flags';

/** kubectl's words. `server` sends the request, and the API server judges it without keeping it. */
export const DRY_RUNS = ['none', 'client', 'server'] as const;
export type DryRun = (typeof DRY_RUNS)[number];

/** The flag; none where it is not given. */
export function createDryRunFlag() {
  const flag = Flags.option({
    options: DRY_RUNS,
    helpValue: 'HOW',
    summary: 'write nothing: client, or server to have it judged',
  })();
  // As in pflag, `--dry-run server` is the flag alone and a word of its own.
  return { ...flag, bareValue: 'client' };
}

/** What kubectl writes behind an outcome: `created (server dry run)`. */
export function formatDryRun(dryRun: DryRun): string {
  if (dryRun === 'none') return '';
  return dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
}
