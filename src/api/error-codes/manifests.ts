// Errors of manifests that people hand over, and of what is made of them.
import type { ErrorEntry } from './error-entry.ts';

export const manifestErrors = {
  ManifestSyntax: { kind: 'invalid', when: 'a manifest is not YAML or JSON', remedy: 'mend the line' },
  ManifestTemplate: {
    kind: 'invalid',
    when: 'a manifest is a template of Helm',
    remedy: 'pipe its output: helm template . | kubectl dorgu check -',
  },
  ManifestTooLarge: {
    kind: 'invalid',
    when: 'a manifest, or all together, is larger than an API server would take',
    remedy: 'name fewer or smaller files',
  },
  ManifestUnreadable: {
    kind: 'failed',
    when: 'a manifest cannot be read',
    remedy: 'check its permissions, and that it is a file',
  },
  PersonaInvalid: {
    kind: 'invalid',
    when: 'a persona is not one that the API server would take',
    remedy: 'mend the fields that the message names; kubectl explain applicationpersona.spec describes them',
  },
  NotAPersona: {
    kind: 'invalid',
    when: 'the input holds other kinds than personas',
    remedy: 'kubectl apply -f takes the others',
  },
  NothingToApply: { kind: 'invalid', when: 'the input holds no object', remedy: 'name another file' },
  NothingToCheck: {
    kind: 'invalid',
    when: 'the input holds no object',
    remedy: 'name another file, or check what wrote an empty one',
  },
  BaselineInvalid: {
    kind: 'invalid',
    when: 'the baseline is no report of check -o json',
    remedy: 'write it anew with --write-baseline FILE',
  },
  BadName: {
    kind: 'invalid',
    when: 'an object has a name that cannot be that of a file',
    remedy: 'print it to stdout instead',
  },
  EditedFiles: {
    kind: 'conflict',
    when: 'files were changed by hand since they were imported',
    remedy: '--force overwrites them',
  },
} as const satisfies Record<string, ErrorEntry>;
