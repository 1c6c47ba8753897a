// The one order of text in everything that is printed or written: by code unit, the same in every locale.

/** Compares by UTF-16 code unit; for `Array.prototype.sort`. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
