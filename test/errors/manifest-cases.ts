// How the errors of manifests and personas are met.
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { manifestErrors } from '../../src/api/error-codes/manifests.ts';
import { personaYaml, type ErrorCase } from './error-case.ts';
import { serveWorkloads } from './workloads.ts';

const apply = ['persona', 'apply', '-f', 'personas.yaml'] as const;
const holding = (text: string) => ({ 'personas.yaml': text });
const importing = ['persona', 'import', '--output-dir', 'personas'] as const;

/** By code. */
export const manifestCases: Record<keyof typeof manifestErrors, ErrorCase> = {
  ManifestSyntax: {
    args: apply,
    files: holding('a:\n\tb: c\n'),
    says: /^error: personas\.yaml:2:1: /,
  },
  ManifestTemplate: {
    args: apply,
    files: holding('a: {{ .Values.b }}\n{{- end }}\n'),
    says: /^error: personas\.yaml:\d+:\d+: expected YAML, found a template/,
  },
  ManifestTooLarge: {
    args: apply,
    files: holding('['.repeat(10_000)),
    says: /^error: personas\.yaml:1:\d+: more than \d+ levels deep/,
  },
  ManifestUnreadable: {
    args: apply,
    prepare: ({ folder }) => writeFileSync(join(folder, 'personas.yaml'), Uint8Array.of(0xff, 0xfe, 0x41, 0)),
    says: /^error: personas\.yaml: expected text in UTF-8/,
  },
  PersonaInvalid: {
    args: apply,
    files: holding(personaYaml().replace('type: api', 'type: nonsense')),
    says: /^error: personas\.yaml:4:\d+: spec\.type: /,
  },
  NotAPersona: {
    args: apply,
    files: holding('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'),
    says: /^error: personas\.yaml:1:1: expected an ApplicationPersona .*found v1 ConfigMap a/,
  },
  NothingToApply: {
    args: apply,
    files: holding('# nothing\n'),
    says: /^error: there is no persona in personas/,
  },
  NothingToCheck: {
    args: ['check', 'personas.yaml'],
    files: holding('# nothing\n'),
    says: /^error: expected manifests of Kubernetes, found none/,
  },
  BaselineInvalid: {
    args: ['check', 'personas.yaml', '--baseline', 'known.json'],
    files: { 'personas.yaml': personaYaml(), 'known.json': '[]' },
    says: /^error: .*known\.json/,
  },
  BadName: {
    args: [...importing, '-A'],
    prepare: ({ server }) => serveWorkloads(server, ['shop'], '../..'),
    says: /^error: "\.\.\/\.\.\/shop" cannot be the name of a file/m,
  },
  EditedFiles: {
    args: importing,
    prepare: async ({ folder, server, run }) => {
      serveWorkloads(server, ['shop']);
      await run(...importing);
      appendFileSync(join(folder, 'personas/shop.yaml'), '# mine\n');
    },
    says: /^error: 1 file was changed since the last import/m,
  },
};
