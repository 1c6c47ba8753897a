// Which arguments and flags of `recommend` exclude each other.
import { createUsageError } from '../usage-error.ts';

/** The flags that this is about. */
interface ExclusiveFlags {
  'all-namespaces': boolean;
  'dry-run': boolean;
  write?: string | undefined;
  patch?: string | undefined;
  output?: string | undefined;
  by?: string | undefined;
}

/** @throws DorguError BadArguments (usage) */
export function assertTogether(name: string | undefined, flags: ExclusiveFlags, command: string): void {
  const { write, patch } = flags;
  const isPrinted = (flags.output ?? flags.by) !== undefined;
  const wrong: [isWrong: boolean, message: string][] = [
    [name !== undefined && flags['all-namespaces'], 'a NAME and -A cannot be given together'],
    [isPrinted && patch !== undefined, '--patch goes together with neither -o nor --by'],
    [isPrinted && write !== undefined, '--write goes together with neither -o nor --by'],
    [write !== undefined && patch !== undefined, '--patch and --write cannot be given together'],
    [write === undefined && flags['dry-run'], '--dry-run goes together with --write alone'],
  ];
  const found = wrong.find(([isWrong]) => isWrong);
  if (found !== undefined) throw createUsageError('BadArguments', found[1], command);
}
