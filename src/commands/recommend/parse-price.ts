// --price: what a core and a GiB of memory cost a month.
import type { Price } from '../../cluster/recommend/tally-advice.ts';
import { createUsageError } from '../usage-error.ts';

const shape = /^(?:cpu=(\d{1,9}(?:\.\d{1,9})?)|memory=(\d{1,9}(?:\.\d{1,9})?))$/;

/** Reads `cpu=22.50,memory=3`; what is left out costs nothing. @throws DorguError BadFlagValue (usage) */
export function parsePrice(text: string | undefined, command: string): Price | undefined {
  if (text === undefined) return undefined;
  const found = new Map<'cpu' | 'memory', number>();
  for (const part of text.split(',')) {
    const [, cpu, memory] = shape.exec(part.trim()) ?? [];
    const resource = cpu === undefined ? 'memory' : 'cpu';
    const amount = cpu ?? memory;
    if (amount === undefined || found.has(resource)) throw createPriceError(text, command);
    found.set(resource, Number(amount));
  }
  return { cpu: found.get('cpu') ?? 0, memory: found.get('memory') ?? 0 };
}

const createPriceError = (text: string, command: string) =>
  createUsageError(
    'BadFlagValue',
    `--price ${JSON.stringify(text)}: expected what a core and a GiB cost a month`,
    command,
    '--price cpu=22.50,memory=3',
  );
