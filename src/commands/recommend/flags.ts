// The flags of `recommend`.
import * as Flags from '@oclif/core/flags';
import { groupings, thresholds } from '../../cluster/recommend/tally-advice.ts';
import { patchFormats } from '../../sizing/patch/to-patch.ts';
import { prometheusFlags } from './prometheus-flags.ts';
import { createRecommendOutputFlag } from './output-format.ts';

const write = 'into that application; only say what';

export const recommendFlags = {
  'all-namespaces': Flags.boolean({ char: 'A', summary: 'in all namespaces' }),
  selector: Flags.string({
    char: 'l',
    helpValue: 'SELECTOR',
    summary: 'of workloads with these labels: team=payments',
  }),
  by: Flags.option({ options: groupings, helpValue: 'WHAT', summary: 'sums: by team or namespace' })(),
  price: Flags.string({
    helpValue: 'PRICES',
    summary: 'of a core and GiB a month: cpu=22,memory=3',
  }),
  'fail-on': Flags.option({
    options: thresholds,
    helpValue: 'PRIORITY',
    summary: 'exit 1 from it on: high, medium, low or any',
  })(),
  output: createRecommendOutputFlag(),
  patch: Flags.option({
    options: patchFormats,
    helpValue: 'FOR',
    summary: 'as a patch: kustomize, helm (values) or json',
  })(),
  write: Flags.string({ helpValue: 'DIR', helpGroup: write }),
  'dry-run': Flags.boolean({ helpGroup: write }),
  ...prometheusFlags,
};
