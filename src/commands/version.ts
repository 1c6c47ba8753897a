// `version`: which plugin this is.
import * as Flags from '@oclif/core/flags';
import { formatStructured } from '../ui/structured.ts';
import { BaseCommand } from './base.ts';
import { createOutputFlag, isStructured } from './output-flag.ts';
import { product } from './product.ts';

export default class Version extends BaseCommand {
  static override id = 'version';
  static override summary = 'Print the version of this plugin.';
  static override flags = {
    output: createOutputFlag(['text', 'json', 'yaml']),
    client: Flags.boolean({ summary: "only the plugin's version, without asking a cluster" }),
  };
  static override examples = [
    { command: 'kubectl dorgu version', description: 'the version' },
    { command: 'kubectl dorgu version -o json', description: 'for a program, with Node and platform' },
    { command: 'kubectl dorgu version --client -o yaml', description: 'the same as YAML' },
  ];

  async run(): Promise<undefined> {
    const { flags } = await this.parse(Version);
    const clientVersion = {
      version: `v${product.version}`,
      node: process.version,
      platform: `${process.platform}/${process.arch}`,
    };
    this.print(
      isStructured(flags.output)
        ? formatStructured({ clientVersion }, flags.output)
        : `Client Version: ${clientVersion.version}\n`,
    );
  }
}
