// Turns reads of the environment in source into the variables that a component needs.
import type { EnvFact } from '../../application/component.ts';
import type { Evidence } from '../../application/fact.ts';
import { isSecretName } from '../../application/secret-names.ts';

/** Variables that the platform, the shell or the runtime sets, and nobody configures. */
const AMBIENT = new Set(
  (
    'PATH HOME PWD USER LOGNAME SHELL LANG LC_ALL TZ TERM TMPDIR TMP TEMP HOSTNAME CI DEBUG NO_COLOR KUBERNETES_SERVICE_HOST ' +
    'KUBERNETES_SERVICE_PORT PYTHONPATH PYTHONUNBUFFERED GOPATH GOROOT GOOS GOARCH GOMAXPROCS JAVA_HOME JAVA_OPTS APPDATA ' +
    'DJANGO_SETTINGS_MODULE VIRTUAL_ENV EDITOR DISPLAY USERPROFILE LOCALAPPDATA PROGRAMFILES SYSTEMROOT WINDIR'
  ).split(' '),
);
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,119}$/;

/** A read of the environment. */
export interface EnvRead {
  readonly name: string;
  /** True where nothing stands in when it is absent. */
  readonly required: boolean;
  readonly evidence: Evidence;
}

/** One entry a variable: required only if no read of it has something to fall back on. */
export function claimEnv(reads: readonly EnvRead[]): EnvFact[] {
  const facts = new Map<string, EnvFact>();
  for (const { name, required, evidence } of reads) {
    if (!NAME.test(name) || AMBIENT.has(name)) continue;
    const before = facts.get(name);
    if (before) {
      before.required &&= required;
      if (before.evidence.length < 3) before.evidence.push(evidence);
      continue;
    }
    facts.set(name, { name, kind: isSecretName(name) ? 'secret' : 'config', required, evidence: [evidence] });
  }
  return [...facts.values()];
}
