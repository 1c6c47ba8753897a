// Writes the kubectl command lines that diagnoses hand to people.

/** Words that every shell leaves alone; `…` stands for what a person fills in. */
const SAFE = /^[\w@%+=:,./…-]+$/;

/** `kubectl -n store logs shop-1 -c shop`; foreign words that a shell would take apart are quoted. */
export function formatKubectl(namespace: string | undefined, ...words: readonly string[]): string {
  const place = namespace === undefined || namespace === '' ? [] : ['-n', namespace];
  return ['kubectl', ...place, ...words].map(quote).join(' ');
}

function quote(word: string): string {
  return SAFE.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
