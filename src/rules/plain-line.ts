// Foreign text on one line that neither a terminal, a header nor a status could mistake for more than text.

/** What a terminal obeys, what ends a line, and what changes the direction of text; `\p{Cc}` holds line ends and tabs. */
const harmful = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const everyHarmful = new RegExp(harmful, 'gu');
/** Nearly all text is this, and that is seen sooner. */
const harmless = /^[ -~]*$/;

/** The text with `?` for each character that is more than text. */
export function toPlainLine(text: string): string {
  if (harmless.test(text)) return text;
  const whole = text.toWellFormed();
  return harmful.test(whole) ? whole.replace(everyHarmful, '?') : whole;
}
