// Ports in settings files of frameworks and build tools: the server's own, and the development server's.
import { posix } from 'node:path';
import type { PortFact } from '../../application/component.ts';
import { CONFIDENCE } from '../../application/fact.ts';
import type { Scope } from '../analyser.ts';
import { relativeTo } from '../code/code-file.ts';
import { lineAt } from '../source-tree.ts';
import { maskComments } from '../source-text.ts';
import { DEVELOPMENT } from './scripts.ts';

interface Setting {
  file: RegExp;
  /** Group 1 is the port. */
  says: RegExp;
  isDevelopment: boolean;
  what: string;
}

const IN_SERVER = /\bserver\s{0,4}:\s{0,4}\{[^{}]{0,400}?\bport\s{0,4}:\s{0,4}(\d{2,5})\b/;
const SETTINGS: readonly Setting[] = [
  { file: /^nuxt\.config\.[cm]?[jt]s$/, says: IN_SERVER, isDevelopment: false, what: 'Nuxt' },
  {
    file: /^nuxt\.config\.[cm]?[jt]s$/,
    says: /\bdevServer\s{0,4}:\s{0,4}\{[^{}]{0,400}?\bport\s{0,4}:\s{0,4}(\d{2,5})\b/,
    isDevelopment: true,
    what: 'Nuxt',
  },
  { file: /^astro\.config\.[cm]?[jt]s$/, says: IN_SERVER, isDevelopment: false, what: 'Astro' },
  { file: /^vite\.config\.[cm]?[jt]s$/, says: IN_SERVER, isDevelopment: true, what: 'Vite' },
  {
    file: /^(?:vue\.config\.js|webpack[\w.]*\.[cm]?[jt]s)$/,
    says: /\bdevServer\s{0,4}:\s{0,4}\{[^{}]{0,400}?\bport\s{0,4}:\s{0,4}(\d{2,5})\b/,
    isDevelopment: true,
    what: 'the bundler',
  },
  {
    file: /^angular\.json$/,
    says: /"serve"\s{0,4}:\s{0,4}\{[^]{0,600}?"port"\s{0,4}:\s{0,4}(\d{2,5})\b/,
    isDevelopment: true,
    what: 'Angular',
  },
  { file: /^\.ember-cli$/, says: /"port"\s{0,4}:\s{0,4}(\d{2,5})\b/, isDevelopment: true, what: 'Ember' },
];

/** Ports by settings files in the component's own folder. */
export function findConfigPorts(scope: Scope): PortFact[] {
  const { tree, dir, files } = scope;
  return files.flatMap((file) => {
    if (posix.dirname(file) !== dir) return [];
    const inside = relativeTo(file, dir);
    const settings = SETTINGS.filter((one) => one.file.test(inside));
    if (settings.length === 0) return [];
    const text = maskComments(tree.read(file) ?? '', 'javascript');
    return settings.flatMap((one) => toPort(one, file, text));
  });
}

function toPort({ says, isDevelopment, what }: Setting, file: string, text: string): PortFact[] {
  const match = says.exec(text);
  if (match?.[1] === undefined) return [];
  const line = lineAt(text, match.index + match[0].length - 1);
  const subject = isDevelopment ? `${what}'s development server` : what;
  return [
    {
      value: Number(match[1]),
      protocol: 'TCP',
      confidence: isDevelopment ? DEVELOPMENT : CONFIDENCE.source,
      evidence: [{ file, line, reason: `${subject} listens on ${match[1]}` }],
    },
  ];
}
