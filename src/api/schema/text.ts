// The kinds of text that the two personas hold: names, lines, paragraphs, paths, times, each with its pattern and bound.
import { maxLineLength, maxParagraphLength, maxUrlLength } from '../limits.ts';
import type { Schema } from './schema.ts';

/** What a pattern of ours may hold: the API server reads it as RE2, JavaScript with the flag u; only what means the same in both. */
interface TextShape {
  readonly pattern: string;
  readonly expects: string;
  readonly minLength?: number;
  readonly maxLength: number;
}

const text =
  (shape: TextShape) =>
  (description: string): Schema => ({ type: 'string', description, ...shape });

/** Free text on one line, without control characters. */
export const line = text({
  pattern: '^[^\\x00-\\x1f\\x7f-\\x9f]*$',
  expects: 'one line of text without control characters',
  maxLength: maxLineLength,
});

/** A line that may not be empty: a name that people chose. */
export const nonEmptyLine = text({
  pattern: '^[^\\x00-\\x1f\\x7f-\\x9f]+$',
  expects: 'one line of text, not empty, without control characters',
  minLength: 1,
  maxLength: maxLineLength,
});

/** A URL, or whatever people put in its place: a line with room. */
export const longLine = text({
  pattern: '^[^\\x00-\\x1f\\x7f-\\x9f]*$',
  expects: 'one line of text without control characters',
  maxLength: maxUrlLength,
});

/** Free text of several lines; line ends and tabs are the only control characters. */
export const paragraph = text({
  pattern: '^[^\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]*$',
  expects: 'text without control characters but line ends and tabs',
  maxLength: maxParagraphLength,
});

/** A DNS-1123 label: the name of a workload, a namespace. */
export const dnsLabel = text({
  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
  expects: 'a DNS label: lower-case letters, digits and -, with a letter or digit at each end',
  minLength: 1,
  maxLength: 63,
});

/** A DNS-1123 subdomain: the name of an object. */
export const dnsSubdomain = text({
  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
  expects: 'a DNS name: lower-case letters, digits, - and ., with a letter or digit at each end',
  minLength: 1,
  maxLength: 253,
});

/** What may come before a DNS label: a namespace's prefix. */
export const dnsLabelPrefix = text({
  pattern: '^([a-z0-9][-a-z0-9]*)?$',
  expects: 'the beginning of a DNS label: lower-case letters, digits and -',
  maxLength: 62,
});

/** A host name with an optional leading *., or nothing. */
export const host = text({
  pattern: '^((\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$',
  expects: 'a host name such as shop.example.com or *.example.com',
  maxLength: 253,
});

/** A URL path, or nothing. */
export const urlPath = text({
  pattern: '^(/[!-~]*)?$',
  expects: 'a path that starts with /, in printable ASCII without blanks',
  maxLength: 1024,
});

/** A label's or annotation's key. */
export const labelKey = text({
  pattern: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$',
  expects: 'a label key such as team or example.com/team',
  minLength: 1,
  maxLength: 317,
});

/** A label's value, or nothing. */
export const labelValue = text({
  pattern: '^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$',
  expects: 'a label value: letters, digits, -, _ and ., with a letter or digit at each end',
  maxLength: 63,
});

/** An image registry: a host with an optional port and path; * stands for any part. */
export const registry = text({
  pattern: '^[A-Za-z0-9*]([-A-Za-z0-9._:/*]*[A-Za-z0-9*/])?$',
  expects: 'an image registry such as ghcr.io/acme or registry.example.com:5000',
  minLength: 1,
  maxLength: 253,
});

/** A rule's id, or a whole family of rules. */
export const ruleId = text({
  pattern: '^[a-z][a-z0-9-]*/([a-z][a-z0-9-]*|\\*)$',
  expects: 'a rule such as security/run-as-non-root, or a family such as security/*',
  minLength: 3,
  maxLength: 128,
});

/** A condition's reason. */
export const reason = text({
  pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$',
  expects: 'a reason in one CamelCase word',
  minLength: 1,
  maxLength: 1024,
});

/** A share between 0 and 1. */
export const share = text({
  pattern: '^(0(\\.[0-9]{1,4})?|1(\\.0{1,4})?)$',
  expects: 'a number between 0 and 1 with at most four decimals',
  maxLength: 6,
});

/** A whole percentage. */
export const percentage = text({
  pattern: '^[0-9]{1,5}%$',
  expects: 'a percentage such as 42%',
  maxLength: 6,
});

/** Every day of the calendar: those of long months, of short ones, of February, and the leap days. */
const calendarDay = [
  '[0-9]{4}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])',
  '[0-9]{4}-(0[469]|11)-(0[1-9]|[12][0-9]|30)',
  '[0-9]{4}-02-(0[1-9]|1[0-9]|2[0-8])',
  '([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29',
].join('|');

const clockTime = '([01][0-9]|2[0-3]):[0-5][0-9]';

/** An instant, RFC 3339. All of it in a pattern, because the API server takes any list for a text that has `format: date-time`. */
export const timestamp = text({
  pattern: `^(${calendarDay})T${clockTime}:[0-5][0-9]([.][0-9]{1,9})?(Z|[+-]${clockTime})$`,
  expects: 'an instant such as 2026-11-23T09:30:00Z',
  maxLength: 35,
});
