// What `help generate --examples` shows.
import type { Example } from '../format-help.ts';

export const generateExamples: Example[] = [
  { command: 'kubectl dorgu generate shop', description: 'manifests of the application in shop' },
  {
    command: 'kubectl dorgu generate shop --check',
    description: 'in CI: exit 1 where they are not up to date',
  },
  {
    command: 'kubectl dorgu generate shop --diff --expose ingress --host shop.example.com',
    description: 'what an Ingress would change',
  },
  {
    command: 'kubectl dorgu generate shop --format plain --output-dir deploy -n store',
    description: 'other settings',
  },
];
