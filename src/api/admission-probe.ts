// The question by which `doctor` learns whether the API server reaches the operator's webhook: a dry run that asks for nothing but an answer.

/** A Deployment that bears it, and is only tried (dryRun), is not judged: who answers says so in a warning. */
export const probeAnnotation = 'dorgu.io/doctor';

/** Who has answered. */
export interface ProbeAnswer {
  /** Of the operator: `0.1.0`. */
  version: string;
  /** Of the namespace that was asked about. */
  mode: 'advisory' | 'enforcing';
}

/** The warning. */
export function formatProbeAnswer({ version, mode }: ProbeAnswer): string {
  return `dorgu-operator ${version} answers (${mode})`;
}

/** The answer among a request's warnings; undefined where nobody has answered. */
export function parseProbeAnswer(warnings: readonly string[]): ProbeAnswer | undefined {
  for (const warning of warnings) {
    const [, version, mode] =
      /^dorgu-operator (\S{1,40}) answers \((advisory|enforcing)\)$/.exec(warning) ?? [];
    if (version !== undefined && (mode === 'advisory' || mode === 'enforcing')) return { version, mode };
  }
  return undefined;
}
