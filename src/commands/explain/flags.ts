// The flags of explain: those of generate that a file may have been generated with.
import * as Flags from '@oclif/core/flags';
import { createOutputFlag } from '../output-flag.ts';

const asGenerated = 'as generated';
const likewise = 'likewise';
const choice = <const T extends readonly string[]>(options: T, helpValue: string, helpGroup: string) =>
  Flags.option({ options, helpValue, helpGroup })();

export const explainFlags = {
  namespace: Flags.string({ char: 'n', helpValue: 'NS', helpGroup: asGenerated }),
  name: Flags.string({ helpValue: 'NAME', helpGroup: asGenerated }),
  expose: choice(['none', 'ingress', 'gateway'], 'HOW', asGenerated),
  host: Flags.string({ helpValue: 'HOST', helpGroup: asGenerated }),
  registry: Flags.string({ helpValue: 'R', helpGroup: likewise }),
  tag: Flags.string({ helpValue: 'T', helpGroup: likewise }),
  profile: choice(['standard', 'minimal'], 'P', likewise),
  hardening: choice(['standard', 'max'], 'H', likewise),
  output: createOutputFlag(['table', 'json', 'yaml']),
};
