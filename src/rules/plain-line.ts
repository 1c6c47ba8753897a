// Foreign text on one line that neither a terminal, a header nor a status could mistake for more than text.

/** What a terminal obeys, what ends a line, and what changes the direction of text; `\p{Cc}` holds line ends and tabs. */
const harmful = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const everyHarmful = new RegExp(harmful, 'gu');

/** The text with `?` for each character that is more than text. */
export function toPlainLine(text: string): string {
  const whole = text.toWellFormed();
  return harmful.test(whole) ? whole.replace(everyHarmful, '?') : whole;
}
