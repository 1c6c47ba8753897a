// The few characters beyond ASCII that screens use, and what stands for them where the locale has none.

/** What a screen may print. */
export interface Symbols {
  /** Something left out. */
  ellipsis: string;
  full: string;
  empty: string;
  /** From little to much, for lines that are drawn; one character each. */
  levels: string;
}

/** By locale: LC_ALL, else LC_CTYPE, else LANG names UTF-8. Windows' terminals all know it. */
export function createSymbols(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): Symbols {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  const isUtf8 = platform === 'win32' || /utf-?8/i.test(locale ?? '');
  return isUtf8
    ? { ellipsis: '…', full: '█', empty: '░', levels: '▁▂▃▄▅▆▇█' }
    : { ellipsis: '...', full: '#', empty: '.', levels: '_.-=+*%#' };
}
