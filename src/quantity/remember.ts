// Keeps what a pure function of text gave: the same few amounts stand in thousands of objects.

/** Texts that are kept of one function; all are forgotten when there are more, which a hostile file can do and no cluster does. */
const mostKept = 2000;

/** The same function, asked once for each text; what it gives is shared, so nobody may change it. */
export function remember<T>(read: (text: string) => T): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = read(text);
    if (kept.size >= mostKept) kept.clear();
    kept.set(text, made);
    return made;
  };
}
