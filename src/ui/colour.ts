// When to colour: abnormal states only, never as the only signal, and not where nobody sees it.

/** What `--color` says. */
export const COLOUR_MODES = ['auto', 'always', 'never'] as const;
export type ColourMode = (typeof COLOUR_MODES)[number];

/** What the decision is made from. */
export interface ColourCircumstances {
  mode?: ColourMode | undefined;
  isTty: boolean;
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * The flag decides; then NO_COLOR (any value but the empty one switches off), FORCE_COLOR (`0` and `false` switch off, anything
 * else on), TERM=dumb (off); then whether it is a terminal.
 */
export function isColourWanted({ mode = 'auto', isTty, env }: ColourCircumstances): boolean {
  if (mode !== 'auto') return mode === 'always';
  if (isSet(env['NO_COLOR'])) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['TERM'] === 'dumb') return false;
  return isTty;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
