// A report of `recommend` in the format that -o asks for.
import type { RecommendReport } from '../../cluster/recommend/recommended.ts';
import type { Grouping } from '../../cluster/recommend/tally-advice.ts';
import { formatTable } from '../../ui/table.ts';
import { formatDocument, formatObjectName } from '../printers/format-objects.ts';
import { formatCsv } from './csv.ts';
import { toRecommendDocument, type DocumentOptions } from './document.ts';
import { toExport, toGroupExport } from './export-grid.ts';
import { toGroupGrid, type Grid } from './group-table.ts';
import { formatMarkdown } from './markdown.ts';
import type { RecommendFormat } from './output-format.ts';
import { chooseColumns, toRows } from './rows.ts';

/** How it is printed. */
export interface RecommendStyle extends DocumentOptions {
  format: RecommendFormat;
  hasNamespace: boolean;
  grouping: Grouping | undefined;
  levels: string;
}

/** The text for stdout; empty where there is no advice. */
export function printRecommended(report: RecommendReport, style: RecommendStyle): string {
  const { format } = style;
  switch (format.kind) {
    case 'people':
      return toText(formatPeople(toGrid(report, style)));
    case 'markdown':
      return toText(formatMarkdown(toGrid(report, style)));
    case 'csv':
      return printCsv(report, style);
    case 'name':
      return toText(
        report.workloads.map(({ workload: { apiVersion, kind, name } }) =>
          formatObjectName({ apiVersion, kind, metadata: { name } }),
        ),
      );
    default:
      return formatDocument(toRecommendDocument(report, style), format);
  }
}

function toGrid({ workloads }: RecommendReport, style: RecommendStyle): Grid {
  const { format, grouping, price } = style;
  if (grouping !== undefined) return toGroupGrid(workloads, grouping, price);
  const isWide = format.kind === 'people' && format.isWide;
  const columns = chooseColumns({ ...style, isWide });
  return { columns, rows: toRows(workloads).map((row) => columns.map(({ read }) => read(row))) };
}

const formatPeople = ({ columns, rows }: Grid) => (rows.length === 0 ? [] : formatTable(columns, rows));

function printCsv(report: RecommendReport, style: RecommendStyle): string {
  const { grouping, price } = style;
  const { headings, cells } =
    grouping === undefined
      ? toExport(toRows(report.workloads), price)
      : toGroupExport(report.workloads, grouping, price);
  return formatCsv(headings, cells);
}

const toText = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
