// The flags of generate. Those that are settings, too, have the setting's name.
import * as Flags from '@oclif/core/flags';
import { fromClusterFlags } from '../from-cluster.ts';
import { createOutputFlag } from '../output-flag.ts';

const modes = 'write nothing: list, diff, exit 1 on drift';
const edits = 'where your edits conflict: yours; all as generated';
const way = 'none, ingress or gateway; its DNS name';
const sources = 'instead of those found; of the last';
const model = 'prose by a model';
const images = 'where images are, or one image; tag';

const choice = <const T extends readonly string[]>(options: T, helpValue: string, summary: string) =>
  Flags.option({ options, helpValue, summary })();

export const generateFlags = {
  'output-dir': Flags.string({
    helpValue: 'DIR',
    summary: "folder of the manifests in the application's, k8s",
  }),
  format: choice(['kustomize', 'plain', 'helm'], 'FORMAT', 'kustomize, plain or helm: a chart'),
  namespace: Flags.string({
    char: 'n',
    helpValue: 'NS',
    summary: 'namespace in the manifests; default the name',
  }),
  name: Flags.string({ helpValue: 'NAME', summary: "name of the application; default its folder's" }),
  registry: Flags.string({ helpValue: 'R', helpGroup: images }),
  image: Flags.string({ helpValue: 'I', helpGroup: images }),
  tag: Flags.string({ helpValue: 'T', helpGroup: images }),
  expose: Flags.option({
    options: ['none', 'ingress', 'gateway'] as const,
    helpValue: 'HOW',
    helpGroup: way,
  })(),
  host: Flags.string({ helpValue: 'HOST', helpGroup: way }),
  'network-policy': choice(['default', 'strict', 'none'], 'P', 'default, strict or none'),
  profile: choice(['standard', 'minimal'], 'P', 'standard, or minimal: workload, Service, persona'),
  ci: choice(['github', 'gitlab', 'none'], 'CI', 'workflow: github, gitlab or none'),
  hardening: choice(['standard', 'max'], 'H', 'standard or max'),
  'dry-run': Flags.boolean({ helpGroup: modes }),
  diff: Flags.boolean({ helpGroup: modes }),
  check: Flags.boolean({ helpGroup: modes }),
  ...fromClusterFlags,
  'keep-mine': Flags.boolean({ helpGroup: edits }),
  force: Flags.boolean({ helpGroup: edits }),
  'compose-file': Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'FILE',
    helpGroup: sources,
  }),
  external: Flags.string({
    helpValue: 'NAMES',
    summary: 'services of compose that run elsewhere; all',
  }),
  target: Flags.string({ helpValue: 'STAGE', helpGroup: sources }),
  'llm-url': Flags.string({ helpValue: 'URL', helpGroup: model }),
  'llm-model': Flags.string({ helpValue: 'NAME', helpGroup: model }),
  'show-prompt': Flags.boolean({ helpGroup: model }),
  output: createOutputFlag(['table', 'json', 'yaml']),
  quiet: Flags.boolean({ char: 'q', summary: 'nothing but errors on stderr' }),
};
