// How a foreign value reads in a finding: short, on one line, and told from text that looks like it.

/** `unset` where absent, text bare (quoted where it would not be seen as text), the rest as JSON; at most 80 characters. */
export function showValue(value: unknown): string {
  if (value === undefined || value === null) return 'unset';
  const text =
    typeof value === 'string' && /^[^\s"]+$/.test(value) && !looksTyped(value) ? value : toJson(value);
  return text.length <= 80 ? text : `${text.slice(0, 79).toWellFormed()}…`;
}

// The text "true" has to be told from the value true.
function looksTyped(text: string): boolean {
  return /^(true|false|null|unset|-?[0-9][0-9.]*)$/.test(text);
}

function toJson(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return JSON.stringify(typeof value === 'string' ? value.slice(0, 100) : value);
}
