// The flags of check.
import * as Flags from '@oclif/core/flags';
import { failureThresholds } from '../../reporting/count-findings.ts';
import { createOutputFlag } from '../output-flag.ts';

const files = (summary: string) =>
  Flags.string({ multiple: true, multipleNonGreedy: true, helpValue: 'FILE', summary });

export const checkFlags = {
  filename: Flags.string({
    char: 'f',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'FILE',
    summary: 'the same as an argument',
  }),
  recursive: Flags.boolean({ char: 'R', summary: 'enter folders below, too' }),
  persona: files('personas that are not among the manifests'),
  'cluster-persona': files("the cluster's policies, levels and exceptions"),
  namespace: Flags.string({
    char: 'n',
    helpValue: 'NS',
    summary: 'where objects without a namespace belong',
  }),
  'fail-on': Flags.option({
    options: failureThresholds,
    default: 'error',
    helpValue: 'SEVERITY',
    summary: 'exit 1 from it on: error, warning, info or never',
  })(),
  baseline: Flags.string({ helpValue: 'FILE', summary: 'findings of an earlier -o json do not count' }),
  'write-baseline': Flags.string({ helpValue: 'FILE', summary: "write today's findings there, exit 0" }),
  output: createOutputFlag(['table', 'json', 'yaml', 'sarif', 'junit', 'github']),
};
