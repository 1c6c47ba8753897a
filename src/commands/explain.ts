// `explain`: what a rule asks, why, and how a cluster weighs it.
import * as Args from '@oclif/core/args';
import { DorguError } from '../api/errors.ts';
import { documentedRules } from '../rules/documented-rules.ts';
import { findNearestRule, findRules } from '../rules/rule-page.ts';
import { formatStructured } from '../ui/structured.ts';
import { BaseCommand } from './base.ts';
import { formatRule, formatRuleTable, toRuleDocument } from './explain/format-rules.ts';
import { createOutputFlag, isStructured } from './output-flag.ts';

export default class Explain extends BaseCommand {
  static override id = 'explain';
  static override summary = 'Say what a rule asks, why, and how a cluster weighs it.';
  static override args = {
    rule: Args.string({ ignoreStdin: true, description: 'id of a rule, or a family; all without' }),
  };
  static override flags = {
    output: createOutputFlag(['table', 'json', 'yaml']),
  };
  static override examples = [
    { command: 'kubectl dorgu explain', description: 'the rules there are' },
    { command: 'kubectl dorgu explain security', description: 'those of a family' },
    { command: 'kubectl dorgu explain security/run-as-non-root', description: 'what one asks, and why' },
    { command: 'kubectl dorgu explain image/tag -o json', description: 'for a program' },
  ];

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Explain);
    const found = args.rule === undefined ? documentedRules : findRules(args.rule);
    const [first] = found;
    if (first === undefined) throw createUnknownRuleError(args.rule ?? '');
    const isOne = first.id === args.rule;
    if (isStructured(flags.output)) {
      const documents = found.map(toRuleDocument);
      this.print(formatStructured(isOne ? documents[0] : { rules: documents }, flags.output));
      return;
    }
    this.print(isOne && flags.output === undefined ? formatRule(first) : formatRuleTable(found));
  }
}

function createUnknownRuleError(word: string): DorguError {
  const near = findNearestRule(word);
  return new DorguError('NotFound', `there is no rule ${JSON.stringify(word)}`, {
    hint:
      near === undefined
        ? 'kubectl dorgu explain lists the rules'
        : `did you mean ${near}? kubectl dorgu explain lists the rules`,
  });
}
