// A report in the format that -o asks for.
import type { CheckReport } from '../../reporting/check-report.ts';
import type { FailureThreshold } from '../../reporting/count-findings.ts';
import { toCheckDocument } from '../../reporting/formats/document.ts';
import { formatGithubAnnotations } from '../../reporting/formats/github.ts';
import { formatJunit } from '../../reporting/formats/junit.ts';
import { toSarif } from '../../reporting/formats/sarif.ts';
import { formatFindings } from '../../reporting/formats/table.ts';
import type { Palette } from '../../ui/palette.ts';
import { formatStructured } from '../../ui/structured.ts';
import { product } from '../product.ts';

/** How it is printed. */
export interface ReportStyle {
  format: 'table' | 'json' | 'yaml' | 'sarif' | 'junit' | 'github';
  threshold: FailureThreshold;
  hasBaseline: boolean;
  palette: Palette;
}

/** The text for stdout; empty where a table has nothing to say. */
export function printReport(
  report: CheckReport,
  { format, threshold, hasBaseline, palette }: ReportStyle,
): string {
  switch (format) {
    case 'json':
    case 'yaml':
      return formatStructured(toCheckDocument(report, threshold), format);
    case 'sarif':
      return formatStructured(toSarif(report, product, hasBaseline), 'json');
    case 'junit':
      return formatJunit(report, threshold);
    case 'github':
      return toText(formatGithubAnnotations(report.findings));
    case 'table':
      return toText(formatFindings(report.findings, palette));
  }
}

const toText = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
