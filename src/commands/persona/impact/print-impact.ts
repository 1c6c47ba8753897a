// An impact in the format that -o asks for.
import type { ImpactReport } from '../../../cluster/impact/foretell-impact.ts';
import type { Supposition } from '../../../cluster/impact/supposition.ts';
import type { Grouping } from '../../../cluster/impact/tally.ts';
import { createPalette } from '../../../ui/palette.ts';
import { createSymbols } from '../../../ui/symbols.ts';
import { isColoured, type Invocation } from '../../invocation.ts';
import { formatDocument, formatObjectName } from '../../printers/format-objects.ts';
import type { ObjectFormat } from '../../printers/object-format.ts';
import { toImpactDocument, type ImpactThreshold } from './document.ts';
import { formatScreens } from './screens.ts';
import { formatGroups, formatWorkloads } from './tables.ts';

/** How it is printed. */
export interface ImpactStyle {
  format: ObjectFormat;
  supposition: Supposition;
  threshold: ImpactThreshold;
  hasNamespace: boolean;
  /** Every finding of every workload: they are few. */
  isDetailed: boolean;
  grouping: Grouping | undefined;
  color: Parameters<typeof isColoured>[2];
  invocation: Pick<Invocation, 'stdout' | 'env'>;
}

/** The text for stdout; empty where nothing is denied. */
export function printImpact(report: ImpactReport, style: ImpactStyle): string {
  const { format, supposition, threshold } = style;
  if (format.kind === 'people') return toText(formatForPeople(report, style, format.isWide));
  if (format.kind !== 'name') return formatDocument(toImpactDocument(report, supposition, threshold), format);
  const denied = report.workloads.filter(({ create }) => create.outcome === 'denied');
  return toText(
    denied.map(({ apiVersion, kind, name }) => formatObjectName({ apiVersion, kind, metadata: { name } })),
  );
}

function formatForPeople({ workloads }: ImpactReport, style: ImpactStyle, isWide: boolean): string[] {
  const { grouping, isDetailed, hasNamespace, color, invocation } = style;
  const { stdout, env } = invocation;
  if (grouping !== undefined) return formatGroups(workloads, grouping);
  if (!isDetailed) return formatWorkloads(workloads, { hasNamespace, isWide });
  return formatScreens(workloads, {
    width: stdout.columns ?? Infinity,
    palette: createPalette(isColoured(stdout, env, color)),
    ellipsis: createSymbols(env, process.platform).ellipsis,
  });
}

const toText = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
