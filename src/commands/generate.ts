// `generate`: from an application to manifests on disk.
import * as Args from '@oclif/core/args';
import type { ModelWords } from '../application/model-words.ts';
import { planGeneration, writePlan, type GenerationPlan, type WriteOptions } from '../generation/plan.ts';
import { writeModelWords } from '../generation/model-words-file.ts';
import type { GenerationInput } from '../generation/prepare-application.ts';
import { escapeText } from '../ui/escape.ts';
import { createPalette } from '../ui/palette.ts';
import { createProgress } from '../ui/progress.ts';
import { formatStructured } from '../ui/structured.ts';
import { formatUnifiedDiff } from '../ui/unified-diff.ts';
import { ClusterCommand } from './cluster-command.ts';
import type { ConnectionFlagValues } from './connection-flags.ts';
import { formatFacts } from './facts-table.ts';
import { toGenerationDocument } from './generate/document.ts';
import { readClusterPersona } from './from-cluster.ts';
import { consultModel } from './generate/ask-model.ts';
import { createDriftError, findDrift } from './generate/drift.ts';
import { countFiles } from './generate/file-list.ts';
import { generateExamples } from './generate/examples.ts';
import { toGenerationInput } from './generate/input.ts';
import { generateFlags } from './generate/flags.ts';
import { formatEdit, formatHeadline, formatOutcome } from './generate/screen.ts';
import { isColoured } from './invocation.ts';
import { isStructured } from './output-flag.ts';

export default class Generate extends ClusterCommand {
  static override id = 'generate';
  static override summary = 'Analyse an application and write its Kubernetes manifests.';
  static override args = { path: Args.string({ ignoreStdin: true, default: '.' }) };
  static override flags = generateFlags;
  static override examples = generateExamples;

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Generate);
    const startedAt = performance.now();
    const input = toGenerationInput(
      args.path,
      flags,
      this.invocation,
      await this.readCluster(flags, flags['from-cluster']),
    );
    const modelWords = await consultModel(input, flags, {
      print: (text) => this.print(text),
      note: (text) => this.note(text),
    });
    if (modelWords === 'shown') return 0;
    const plan = await this.plan({ ...input, modelWords }, flags.quiet);
    const elapsedMs = performance.now() - startedAt;
    if (flags.diff) this.printDifferences(plan);
    const isWritten = !(flags['dry-run'] || flags.diff || flags.check);
    if (isWritten) this.write(plan, { force: flags.force, keepMine: flags['keep-mine'] }, modelWords);
    if (flags.check) this.assertUpToDate(plan, args.path);
    if (isStructured(flags.output))
      this.print(formatStructured(toGenerationDocument(plan, isWritten), flags.output));
    else if (!flags.diff && !flags.check)
      this.show(plan, { path: args.path, isWritten, elapsedMs, isQuiet: flags.quiet });
    return 0;
  }

  private async readCluster(flags: ConnectionFlagValues, isWanted: boolean) {
    return isWanted ? readClusterPersona(await this.connect(flags), this.invocation) : undefined;
  }

  private async plan(input: GenerationInput, isQuiet: boolean): Promise<GenerationPlan> {
    const { signal, stderr } = this.invocation;
    const progress = createProgress(stderr, { isQuiet });
    const onProgress = (step: string) => progress.update(step);
    const plan = await planGeneration({ ...input, onProgress }).finally(() => progress.stop());
    signal.throwIfAborted();
    if (!isQuiet)
      for (const warning of plan.settings.warnings) this.note(`warning: ${escapeText(warning)}\n`);
    return plan;
  }

  /** Writes, or shows where a person's edits and what is generated do not go together. */
  private write(plan: GenerationPlan, how: WriteOptions, words: ModelWords | undefined): void {
    if (!how.force && !how.keepMine)
      for (const { path, status, current, generated } of plan.files)
        if (status === 'conflict') this.note(formatUnifiedDiff(path, current, generated));
    writePlan(plan, how);
    if (words) writeModelWords(plan.directory, words);
  }

  private printDifferences({ files, settings }: GenerationPlan): void {
    const { stdout, env } = this.invocation;
    const palette = createPalette(isColoured(stdout, env, settings.values.color));
    for (const { path, status, current, content, generated } of files)
      if (status !== 'orphaned' && status !== 'deleted')
        this.print(formatUnifiedDiff(path, current, status === 'conflict' ? generated : content, palette));
  }

  /** The table to stdout, the rest to stderr; a run that changes nothing is one line. */
  private show(
    plan: GenerationPlan,
    how: { path: string; isWritten: boolean; elapsedMs: number; isQuiet: boolean },
  ): void {
    const { application, files, options } = plan;
    const note = (lines: readonly string[]) => how.isQuiet || this.note(`${lines.join('\n')}\n`);
    if (findDrift(files).length === 0) {
      note([countFiles(files), ...files.flatMap(formatEdit)]);
      return;
    }
    note([formatHeadline(plan, how.elapsedMs), ...(this.invocation.stdout.isTTY ? [''] : [])]);
    this.print(`${formatFacts(application.components).join('\n')}\n`);
    const view = { ...plan, outputDir: options.outputDir, path: how.path };
    note(['', ...formatOutcome(view, how.isWritten, this.invocation.stderr.columns ?? Infinity)]);
  }

  private assertUpToDate({ files }: GenerationPlan, path: string): void {
    const drifted = findDrift(files);
    if (drifted.length > 0) throw createDriftError(drifted, files.length, path);
    this.note(`${countFiles(files)}\n`);
  }
}
