// `check`: manifests against personas, offline, by the rules of the cluster.
import * as Args from '@oclif/core/args';
import { markKnown, type Baseline } from '../reporting/baseline.ts';
import type { CheckReport } from '../reporting/check-report.ts';
import { isFailure } from '../reporting/count-findings.ts';
import { formatSummary } from '../reporting/formats/table.ts';
import { judgeManifests } from '../reporting/judge-manifests.ts';
import { escapeText } from '../ui/escape.ts';
import { createPalette } from '../ui/palette.ts';
import { createProgress } from '../ui/progress.ts';
import { BaseCommand } from './base.ts';
import { readBaselineFile, writeBaselineFile } from './check/baseline-file.ts';
import { checkFlags } from './check/flags.ts';
import { printReport } from './check/print-report.ts';
import { readCheckInput, type CheckSources } from './check/read-input.ts';
import { isColoured } from './invocation.ts';
import { createUsageError } from './usage-error.ts';

export default class Check extends BaseCommand {
  static override id = 'check';
  static override summary = 'Judge manifests by their personas, offline: files, folders, or - for stdin.';
  static override args = { file: Args.string({ ignoreStdin: true, multiple: true }) };
  static override flags = checkFlags;
  static override examples = [
    { command: 'kubectl dorgu check -R k8s', description: 'a folder and those below it' },
    {
      command: 'kubectl dorgu check rendered.yaml --persona persona.yaml --fail-on warning',
      description: 'what helm template or kubectl kustomize printed; - reads it from a pipe',
    },
    {
      command: 'kubectl dorgu check -R k8s -o sarif --cluster-persona cluster.yaml',
      description: "for code scanning, by the cluster's levels and exceptions",
    },
    {
      command: 'kubectl dorgu check -R k8s --baseline known.json -o github',
      description: 'annotations of a pull request, of new findings only',
    },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Check);
    const { 'fail-on': threshold, output: format = 'table' } = flags;
    const files = [...toList(args.file), ...(flags.filename ?? [])];
    if (files.length === 0)
      throw createUsageError('MissingArgument', 'expected a file, a folder or -, found none', Check.id);
    const known = await this.readBaseline(flags.baseline);
    const found = await this.judge({
      files,
      personas: flags.persona,
      clusterPersonas: flags['cluster-persona'],
      recursive: flags.recursive,
      namespace: flags.namespace,
    });
    const report = known === undefined ? found : markKnown(found, known);
    const palette = createPalette(isColoured(this.invocation.stdout, this.invocation.env, flags.color));
    const hasBaseline = known !== undefined;
    const text = printReport(report, { format, threshold, hasBaseline, palette });
    const path = flags['write-baseline'];
    // Before the report: where it fails, stdout holds the error alone.
    if (path !== undefined) writeBaselineFile(path, this.invocation.cwd, found, threshold);
    this.print(text);
    this.note(`${format === 'table' && text !== '' ? '\n' : ''}${formatSummary(report).join('\n')}\n`);
    if (path === undefined) return report.findings.some((finding) => isFailure(finding, threshold)) ? 1 : 0;
    this.note(`${found.findings.length} findings written to ${escapeText(path)}\n`);
    return 0;
  }

  private async readBaseline(path: string | undefined): Promise<Baseline | undefined> {
    return path === undefined ? undefined : readBaselineFile(path, this.invocation);
  }

  private async judge(sources: CheckSources): Promise<CheckReport> {
    const progress = createProgress(this.invocation.stderr);
    progress.update('reading manifests');
    const { input, foldersNotEntered } = await readCheckInput(sources, this.invocation).finally(() =>
      progress.stop(),
    );
    if (foldersNotEntered.length > 0) {
      const count = foldersNotEntered.length === 1 ? '1 folder' : `${foldersNotEntered.length} folders`;
      this.note(`${count} below not entered (-R): ${foldersNotEntered.map(escapeText).join(', ')}\n`);
    }
    return judgeManifests(input, new Date());
  }
}

/** oclif types an argument as one text even where it takes several. */
function toList(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
