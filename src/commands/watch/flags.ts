// The flags of commands that watch, and what they say about whom to watch and how.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as Flags from '@oclif/core/flags';
import { DorguError } from '../../api/errors.ts';
import { parseSelector } from '../../workload/parse-selector.ts';
import { createOutputFlag } from '../output-flag.ts';
import { createUsageError } from '../usage-error.ts';

/** Where the stream is, for those who do not reach it through the API server. */
export const streamFlags = {
  'operator-url': Flags.string({
    helpValue: 'URL',
    summary: 'where the stream is exposed: wss://HOST/ws',
  }),
  'operator-ca': Flags.string({ helpValue: 'FILE', summary: 'CA certificate of that stream' }),
};

/** Of every command that watches. */
export const watchFlags = {
  output: createOutputFlag(['wide', 'json']),
  ...streamFlags,
};

/** Of those that watch what has a namespace. */
export const namespacedWatchFlags = {
  'all-namespaces': Flags.boolean({ char: 'A', summary: 'in all namespaces' }),
  selector: Flags.string({
    char: 'l',
    helpValue: 'SELECTOR',
    summary: 'with these labels: app=shop,tier!=best-effort',
  }),
  ...watchFlags,
};

/** What oclif's parser makes of {@link namespacedWatchFlags}. */
export interface WatchFlagValues {
  'all-namespaces'?: boolean;
  selector?: string | undefined;
  'operator-url'?: string | undefined;
  'operator-ca'?: string | undefined;
}

/** @throws DorguError (usage) for a name with flags that mean several, or for a selector that cannot be read */
export function assertOneMeaning(name: string | undefined, flags: WatchFlagValues, command: string): void {
  if (flags.selector !== undefined) parseSelector(flags.selector);
  const several = flags['all-namespaces'] === true ? '-A' : flags.selector === undefined ? undefined : '-l';
  if (name === undefined || several === undefined) return;
  throw createUsageError(
    'BadArguments',
    `NAME means one and ${several} means several: give one of them`,
    command,
    several === '-A' ? '-n NAMESPACE' : undefined,
  );
}

/** Where an exposed stream is, as the feed wants it. @throws DorguError BadFlagValue (usage) */
export function readStreamPlace(
  flags: WatchFlagValues,
  { cwd, command }: { cwd: string; command: string },
): { operatorUrl?: string; operatorCa?: Buffer } {
  const { 'operator-url': url, 'operator-ca': file } = flags;
  if (url === undefined && file === undefined) return {};
  if (url === undefined)
    throw createUsageError('BadFlagValue', '--operator-ca is for the stream of --operator-url', command);
  if (URL.parse(url)?.protocol !== 'wss:')
    throw new DorguError(
      'BadFlagValue',
      `invalid value ${JSON.stringify(url)} for --operator-url: expected wss://HOST[:PORT]/ws, as credentials go over TLS only`,
      { hint: '--operator-url wss://dorgu.example.com/ws' },
    );
  return {
    operatorUrl: url,
    ...(file === undefined ? {} : { operatorCa: readCertificate(resolve(cwd, file)) }),
  };
}

function readCertificate(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new DorguError(
      'BadFlagValue',
      `cannot read the certificate ${JSON.stringify(path)} of --operator-ca`,
      {
        cause,
        hint: `ls -l ${path} shows whether it is there`,
      },
    );
  }
}
