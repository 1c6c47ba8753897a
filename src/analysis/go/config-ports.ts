// Ports that Go frameworks read from their own configuration files.
import type { PortFact } from '../../application/component.ts';
import { CONFIDENCE } from '../../application/fact.ts';
import type { Scope } from '../analyser.ts';
import { joinPath } from '../code/code-file.ts';

/** Framework -> file in the component's folder and the line that says the port. */
const CONFIGS = new Map<string, { file: string; pattern: RegExp }[]>([
  [
    'Beego',
    [
      {
        file: 'conf/app.conf',
        pattern: /^\s{0,8}httpport\s{0,4}=\s{0,4}(?:\$\{(?<variable>\w{1,60})\|\|)?"?(?<port>\d{2,5})/im,
      },
    ],
  ],
  ['Revel', [{ file: 'conf/app.conf', pattern: /^\s{0,8}http\.port\s{0,4}=\s{0,4}(?<port>\d{2,5})/im }]],
  ['go-zero', [{ file: 'etc/config.yaml', pattern: /^Port:\s{0,4}(?<port>\d{2,5})/m }]],
]);

/** The port of the framework's configuration file. */
export function findConfigPorts({ tree, dir }: Scope, framework: string | undefined): PortFact[] {
  return (CONFIGS.get(framework ?? '') ?? []).flatMap(({ file: name, pattern }) => {
    const file = joinPath(dir, name);
    const text = tree.read(file);
    const match = text === undefined ? null : pattern.exec(text);
    if (text === undefined || !match) return [];
    const value = Number(match.groups?.['port']);
    const offset = match.index + match[0].length;
    const fromEnv = match.groups?.['variable'];
    return [
      {
        value,
        protocol: 'TCP' as const,
        ...(fromEnv !== undefined && { fromEnv }),
        confidence: CONFIDENCE.source,
        evidence: [
          {
            file,
            line: text.slice(0, offset).split('\n').length,
            reason: `${framework} listens on ${value}`,
          },
        ],
      },
    ];
  });
}
