// The command line that takes fields over, for the hint of a conflict.
import { quoteWord } from '../../shell-word.ts';
import { product } from '../../product.ts';

/** What the hint has to repeat. */
export interface ApplyWords {
  path: string | undefined;
  filename?: string[] | undefined;
  recursive: boolean;
  namespace?: string | undefined;
  context?: string | undefined;
  kubeconfig?: string | undefined;
}

/** `kubectl dorgu persona apply -f shop.yaml -n store --force-conflicts`. */
export function formatForceCommand(words: ApplyWords): string {
  const { path, filename = [], recursive } = words;
  const named = ['namespace', 'context', 'kubeconfig'] as const;
  const parts = [
    ...(path === undefined ? [] : [path]),
    ...filename.flatMap((file) => ['-f', file]),
    ...(recursive ? ['-R'] : []),
    ...named.flatMap((name) => {
      const value = words[name];
      return value === undefined ? [] : [name === 'namespace' ? '-n' : `--${name}`, value];
    }),
    '--force-conflicts',
  ];
  return [product.command, 'persona apply', ...parts.map(quoteWord)].join(' ');
}
