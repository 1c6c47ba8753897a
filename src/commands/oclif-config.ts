// The configuration that oclif's command classes expect, made by hand: loading it would read the whole package to learn what the table knows.
import { Config } from '@oclif/core/config';
import { product } from './product.ts';

/** Without plugins there are no hooks to run. */
class ConfigWithoutPlugins extends Config {
  override runHook(): Promise<{ failures: []; successes: [] }> {
    return Promise.resolve({ failures: [], successes: [] });
  }
}

/** Enough of oclif's Config for parsing and running one command. */
export function createOclifConfig(): Config {
  const config = new ConfigWithoutPlugins({ root: import.meta.dirname });
  config.root = import.meta.dirname;
  config.name = product.name;
  config.bin = product.command;
  config.version = product.version;
  config.topicSeparator = ' ';
  return config;
}
