// `analyze`: the facts alone, with their evidence.
import { resolve } from 'node:path';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { analyseApplication } from '../analysis/analyse.ts';
import type { Application } from '../application/application.ts';
import type { Component } from '../application/component.ts';
import { escapeText } from '../ui/escape.ts';
import { createProgress } from '../ui/progress.ts';
import { formatStructured } from '../ui/structured.ts';
import { BaseCommand } from './base.ts';
import { formatFacts } from './facts-table.ts';
import { createOutputFlag, isStructured } from './output-flag.ts';

export default class Analyze extends BaseCommand {
  static override id = 'analyze';
  static override summary = 'Find out what an application is, and say which lines say so. Writes nothing.';
  static override args = { path: Args.string({ ignoreStdin: true, default: '.' }) };
  static override flags = {
    'compose-file': Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'FILE',
      summary: 'compose file to read instead of those found by name',
    }),
    target: Flags.string({ helpValue: 'STAGE', summary: 'stage of the Dockerfile instead of the last' }),
    output: createOutputFlag(['table', 'json', 'yaml']),
  };
  static override examples = [
    { command: 'kubectl dorgu analyze', description: 'the application in this folder' },
    { command: 'kubectl dorgu analyze shop -o json', description: 'every fact with file, line and reason' },
    { command: 'kubectl dorgu analyze shop -o yaml', description: 'the same as YAML' },
  ];

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Analyze);
    const progress = createProgress(this.invocation.stderr);
    const application = await analyseApplication(resolve(this.invocation.cwd, args.path), {
      ...(flags['compose-file'] === undefined ? {} : { composeFiles: flags['compose-file'] }),
      ...(flags.target === undefined ? {} : { target: flags.target }),
      isTolerant: true,
      onProgress: (step) => progress.update(step),
      signal: this.invocation.signal,
    }).finally(() => progress.stop());
    if (isStructured(flags.output)) {
      this.print(formatStructured(toDocument(application), flags.output));
      return;
    }
    this.print(`${formatFacts(listAll(application)).join('\n')}\n`);
    const remarks = [...application.conflicts, ...application.notes].map(({ message }) =>
      escapeText(message),
    );
    if (remarks.length > 0) this.note(`\n${remarks.join('\n')}\n`);
  }
}

/** What is built here, then the services that are only an image. */
function listAll({ components, externalServices }: Application): Component[] {
  return [...components, ...externalServices.flatMap(({ component }) => component ?? [])];
}

/** Components and conflicts first: what a program asks for. */
function toDocument({ components, conflicts, ...others }: Application): object {
  return { components, conflicts, ...others };
}
