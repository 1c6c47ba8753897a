// Takes what may be a private key out of a text that is about to be shown.

/** Longer than any word that a server says, shorter than any key: PEM bodies, base64 of them, with or without line ends. */
const material =
  /-----BEGIN[\s\S]*?(?:-----END[^-]*-----|$)|(?:[A-Za-z0-9+/=_-]|\\[nr]|%[0-9A-Fa-f]{2}){48,}/g;

/** The text with each such run as `…`. Servers and proxies quote what they were sent. */
export function withoutKeys(text: string): string {
  return text.replace(material, '…');
}
