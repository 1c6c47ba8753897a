// Matches the shell patterns of `${X#p}` and `${X/p/r}` (`*`, `?`, escapes) in bounded time, without a regular expression.

type Piece = { kind: 'any' } | { kind: 'one' } | { kind: 'literal'; character: string };

/** How many characters at the start of `text` the whole pattern can match: every possible length, ascending. */
export function matchLengths(text: string, pattern: string): number[] {
  return lengthsOf(Array.from(text), parsePattern(pattern));
}

/** The same, at the end of `text`. */
export function matchLengthsAtEnd(text: string, pattern: string): number[] {
  return lengthsOf(Array.from(text).reverse(), parsePattern(pattern).reverse());
}

/** Work that {@link matchLengths} does, to be bounded by the caller. */
export function matchCost(text: string, pattern: string): number {
  return (text.length + 1) * (pattern.length + 1);
}

function parsePattern(pattern: string): Piece[] {
  const pieces: Piece[] = [];
  const characters = Array.from(pattern);
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    if (character === '*') pieces.push({ kind: 'any' });
    else if (character === '?') pieces.push({ kind: 'one' });
    else if (character === '\\' && at + 1 < characters.length)
      pieces.push({ kind: 'literal', character: characters[++at] ?? '' });
    else pieces.push({ kind: 'literal', character });
  }
  return pieces;
}

// reached[n]: the pieces so far can match exactly the first n characters.
function lengthsOf(characters: readonly string[], pieces: readonly Piece[]): number[] {
  let reached: boolean[] = [true];
  for (const piece of pieces) reached = step(reached, piece, characters);
  const lengths: number[] = [];
  let units = 0;
  for (let at = 0; at <= characters.length; at++) {
    if (reached[at] === true) lengths.push(units);
    units += characters[at]?.length ?? 0;
  }
  return lengths;
}

function step(reached: readonly boolean[], piece: Piece, characters: readonly string[]): boolean[] {
  const next: boolean[] = [];
  for (let at = 0; at <= characters.length; at++) {
    if (piece.kind === 'any') next[at] = reached[at] === true || next[at - 1] === true;
    else if (at > 0 && reached[at - 1] === true)
      next[at] = piece.kind === 'one' || piece.character === characters[at - 1];
  }
  return next;
}
