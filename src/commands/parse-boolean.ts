// The words for yes and no that a flag takes after `=`: those of Go's strconv.ParseBool, so that `--wait=f` means what it means in kubectl.

const WORDS = new Map<string, boolean>([
  ...['1', 't', 'T', 'TRUE', 'true', 'True'].map((text) => [text, true] as const),
  ...['0', 'f', 'F', 'FALSE', 'false', 'False'].map((text) => [text, false] as const),
]);

/** True, false, or undefined for any other word. */
export function parseBoolean(text: string): boolean | undefined {
  return WORDS.get(text);
}
