// Amounts as compose writes them: sizes (512M is mebibytes), processors (0.5) and durations (1m30s).

const UNITS: Readonly<Record<string, number>> = {
  b: 1,
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  t: 1024 ** 4,
  p: 1024 ** 5,
};

/** Bytes of `512M`, `1.5gb`, `64MiB`, `1024`; undefined where it is no size. compose counts in 1024 whatever the spelling. */
export function parseByteSize(text: string): number | undefined {
  const match = /^(\d{1,15}(?:\.\d{1,9})?)\s?([bkmgtp]?)(?:i?b)?$/i.exec(text.trim());
  if (match?.[1] === undefined) return undefined;
  const bytes = Math.round(Number(match[1]) * (UNITS[(match[2] ?? '').toLowerCase() || 'b'] ?? 1));
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** The shortest exact quantity: `512Mi`, `1Gi`, `1000` bytes. */
export function formatByteQuantity(bytes: number): string {
  for (const [unit, factor] of [
    ['Gi', 1024 ** 3],
    ['Mi', 1024 ** 2],
    ['Ki', 1024],
  ] as const) {
    if (bytes >= factor && bytes % factor === 0) return `${bytes / factor}${unit}`;
  }
  return String(bytes);
}

/** A cpu quantity of `0.5` (`500m`) or `2` (`2`); undefined where it is no positive number up to 4,096. */
export function parseCpuQuantity(text: string): string | undefined {
  if (!/^\d{0,6}(?:\.\d{0,9})?$/.test(text.trim())) return undefined;
  const millicores = Math.ceil(Number(text) * 1000 - 1e-9);
  if (!(millicores > 0) || millicores > 4_096_000) return undefined;
  return millicores % 1000 === 0 ? String(millicores / 1000) : `${millicores}m`;
}

const SECONDS: Readonly<Record<string, number>> = {
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};

/** Seconds of `1m30s`, `500ms`, `1.5h`, rounded up to whole ones; undefined where it is no duration. */
export function parseComposeDuration(text: string): number | undefined {
  if (!/^(?:\d{1,12}(?:\.\d{1,9})?(?:us|ms|s|m|h|d|w)){1,8}$/.test(text)) return text === '0' ? 0 : undefined;
  let seconds = 0;
  for (const [, amount = '0', unit = 's'] of text.matchAll(/([\d.]+)(us|ms|[smhdw])/g))
    seconds += Number(amount) * (SECONDS[unit] ?? 1);
  return Math.ceil(seconds - 1e-9);
}
