// The server's warnings for people: `Warning: 299 - "extensions/v1beta1 is deprecated"`.

/** The texts of one or several headers, joined by commas as HTTP allows. */
export function parseWarnings(header: string | undefined): string[] {
  if (header === undefined) return [];
  const texts: string[] = [];
  for (const match of header.slice(0, 64 * 1024).matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g))
    texts.push((match[1] ?? '').replace(/\\(.)/g, '$1'));
  return texts;
}
