// `generate`: from an application to manifests on disk.
import { resolve } from 'node:path';
import * as Args from '@oclif/core/args';
import type { EffectiveClusterPersona } from '../api/personas.ts';
import { planGeneration, writePlan, type GenerationPlan } from '../generation/plan.ts';
import { escapeText } from '../ui/escape.ts';
import { createPalette } from '../ui/palette.ts';
import { createProgress } from '../ui/progress.ts';
import { formatStructured } from '../ui/structured.ts';
import { formatUnifiedDiff } from '../ui/unified-diff.ts';
import { ClusterCommand } from './cluster-command.ts';
import { formatFacts } from './facts-table.ts';
import { toGenerationDocument } from './generate/document.ts';
import { readClusterPersona } from './from-cluster.ts';
import { createDriftError, findDrift } from './generate/drift.ts';
import { countFiles } from './generate/file-list.ts';
import { generateExamples } from './generate/examples.ts';
import { generateFlags } from './generate/flags.ts';
import { formatHeadline, formatOutcome } from './generate/screen.ts';
import { isColoured } from './invocation.ts';
import { isStructured } from './output-flag.ts';
import { product } from './product.ts';

export default class Generate extends ClusterCommand {
  static override id = 'generate';
  static override summary = 'Analyse an application and write its Kubernetes manifests.';
  static override args = { path: Args.string({ ignoreStdin: true, default: '.' }) };
  static override flags = generateFlags;
  static override examples = generateExamples;

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Generate);
    const startedAt = performance.now();
    const clusterPersona = flags['from-cluster']
      ? await readClusterPersona(await this.connect(flags), this.invocation)
      : undefined;
    const plan = await this.plan(args.path, flags, clusterPersona);
    const elapsedMs = performance.now() - startedAt;
    if (flags.diff) this.printDifferences(plan);
    const isWritten = !(flags['dry-run'] || flags.diff || flags.check);
    if (isWritten) this.write(plan, flags.force);
    if (flags.check) this.assertUpToDate(plan, args.path);
    if (isStructured(flags.output))
      this.print(formatStructured(toGenerationDocument(plan, isWritten), flags.output));
    else if (!flags.diff && !flags.check)
      this.show(plan, { path: args.path, isWritten, elapsedMs, isQuiet: flags.quiet });
    return 0;
  }

  private async plan(
    path: string,
    flags: Record<string, unknown> & { quiet: boolean },
    clusterPersona: EffectiveClusterPersona | undefined,
  ): Promise<GenerationPlan> {
    const { cwd, env, home, signal, stderr } = this.invocation;
    const progress = createProgress(stderr, { isQuiet: flags.quiet });
    const { 'compose-file': composeFiles, target } = flags as { 'compose-file'?: string[]; target?: string };
    const plan = await planGeneration({
      directory: resolve(cwd, path),
      flags,
      clusterPersona,
      env,
      home,
      generatorVersion: product.version,
      onProgress: (step) => progress.update(step),
      signal,
      ...(composeFiles === undefined ? {} : { composeFiles }),
      ...(target === undefined ? {} : { target }),
    }).finally(() => progress.stop());
    signal.throwIfAborted();
    if (!flags.quiet)
      for (const warning of plan.settings.warnings) this.note(`warning: ${escapeText(warning)}\n`);
    return plan;
  }

  /** Writes, or shows what a person's edits would lose. */
  private write(plan: GenerationPlan, force: boolean): void {
    const edited = plan.files.filter(({ status }) => status === 'edited');
    if (!force)
      for (const { path: file, current, content } of edited)
        this.note(formatUnifiedDiff(file, current, content));
    writePlan(plan, { force });
  }

  private printDifferences({ files, settings }: GenerationPlan): void {
    const { stdout, env } = this.invocation;
    const palette = createPalette(isColoured(stdout, env, settings.values.color));
    for (const { path, current, content } of files.filter(({ status }) => status !== 'orphaned'))
      this.print(formatUnifiedDiff(path, current, content, palette));
  }

  /** The table to stdout, the rest to stderr; a run that changes nothing is one line. */
  private show(
    plan: GenerationPlan,
    how: { path: string; isWritten: boolean; elapsedMs: number; isQuiet: boolean },
  ): void {
    const { application, files, options } = plan;
    const note = (lines: readonly string[]) => how.isQuiet || this.note(`${lines.join('\n')}\n`);
    if (files.every(({ status }) => status === 'unchanged')) {
      note([countFiles(files)]);
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
