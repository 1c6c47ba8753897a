// What is made from an object of a cache, kept while it is asked for: most reviews are about few workloads.

/** Gives what was made from the same object before, or makes it; so many at most, the one that was asked for longest ago goes first. */
export function createRecent<K extends object, V>(make: (object: K) => V, most: number): (object: K) => V {
  const kept = new Map<K, { value: V }>();
  return (object) => {
    const known = kept.get(object);
    const entry = known ?? { value: make(object) };
    if (known !== undefined) kept.delete(object);
    kept.set(object, entry);
    if (kept.size > most) {
      const [oldest] = kept.keys();
      if (oldest !== undefined) kept.delete(oldest);
    }
    return entry.value;
  };
}
