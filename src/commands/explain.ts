// `explain`: what a rule asks, or why a generated field is what it is.
import { resolve } from 'node:path';
import * as Args from '@oclif/core/args';
import { DorguError } from '../api/errors.ts';
import { documentedRules } from '../rules/documented-rules.ts';
import { findNearestRule, findRules } from '../rules/rule-page.ts';
import { formatStructured } from '../ui/structured.ts';
import { BaseCommand } from './base.ts';
import { explainFlags } from './explain/flags.ts';
import { formatFields } from './explain/format-fields.ts';
import { formatRule, formatRuleTable, toRuleDocument } from './explain/format-rules.ts';
import { isStructured } from './output-flag.ts';
import { product } from './product.ts';

export default class Explain extends BaseCommand {
  static override id = 'explain';
  static override summary = 'Say why a generated field is what it is, or what a rule asks.';
  static override args = {
    subject: Args.string({ ignoreStdin: true, description: 'a file that generate wrote, or a rule' }),
    field: Args.string({ ignoreStdin: true, description: 'a field of the file; all without' }),
  };
  static override flags = {
    ...explainFlags,
  };
  static override examples = [
    { command: 'kubectl dorgu explain k8s/deployment.yaml', description: 'every field, and why' },
    {
      command: 'kubectl dorgu explain k8s/deployment.yaml .containers[0].image',
      description: 'one field, with the lines behind it',
    },
    {
      command: 'kubectl dorgu explain k8s/service.yaml spec.ports -o json',
      description: 'for a program',
    },
    { command: 'kubectl dorgu explain', description: 'the rules there are' },
    { command: 'kubectl dorgu explain security/run-as-non-root', description: 'what one asks, and why' },
  ];

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Explain);
    const { subject, field } = args;
    if (subject !== undefined && (field !== undefined || isPath(subject)))
      await this.explainFile(subject, field, flags);
    else this.explainRules(subject, flags.output);
  }

  private explainRules(word: string | undefined, format: string | undefined): void {
    const found = word === undefined ? documentedRules : findRules(word);
    const [first] = found;
    if (first === undefined) throw createUnknownRuleError(word ?? '');
    const isOne = first.id === word;
    if (isStructured(format)) {
      const documents = found.map(toRuleDocument);
      this.print(formatStructured(isOne ? documents[0] : { rules: documents }, format));
    } else this.print(isOne && format === undefined ? formatRule(first) : formatRuleTable(found));
  }

  private async explainFile(
    file: string,
    field: string | undefined,
    { output, ...flags }: { output: string | undefined },
  ): Promise<void> {
    const { cwd, env, home, signal } = this.invocation;
    const { explainFile } = await import('../generation/explain-file.ts');
    const input = { flags, env, home, signal, generatorVersion: product.version };
    const explanation = await explainFile(resolve(cwd, file), field, input);
    this.print(
      isStructured(output)
        ? formatStructured(explanation, output)
        : formatFields(explanation, output === 'table'),
    );
  }
}

/** Ids of rules have no dot. */
const isPath = (word: string) => /[.\\]|^\/|Dockerfile$/.test(word);

function createUnknownRuleError(word: string): DorguError {
  const near = findNearestRule(word);
  return new DorguError('NotFound', `there is no rule ${JSON.stringify(word)}`, {
    hint:
      near === undefined
        ? 'kubectl dorgu explain lists the rules'
        : `did you mean ${near}? kubectl dorgu explain lists the rules`,
  });
}
