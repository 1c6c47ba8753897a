// Checks of single values, each giving a list of at most a few findings.
import { parseQuantity } from '../quantity/index.ts';
import type { Fields } from '../api/foreign-fields.ts';
import type { Finding, Report } from './finding.ts';
import { isPortNumber } from './syntax.ts';
import type { Syntax } from './syntax.ts';

/** Containers of a pod with their paths. */
export interface ContainerEntry {
  path: string;
  value: Fields;
}

/** Tells whether a text has its syntax, as a list of at most one finding. */
export function checkSyntax(
  text: unknown,
  syntax: Syntax,
  path: string,
  what: string,
  report: Report,
): Finding[] {
  if (typeof text === 'string' && syntax.isValid(text)) return [];
  return [report(path, `${what} is not valid`, syntax.expects, text)];
}

/** Findings for names that are there twice. */
export function checkUnique(names: readonly string[], path: string, what: string, report: Report): Finding[] {
  const doubles = names.filter((name, index) => names.indexOf(name) !== index);
  return [...new Set(doubles)].map((name) =>
    report(path, `two ${what}s have one name`, 'names that differ', name),
  );
}

/** A port that can be listened on. */
export function checkPortNumber(port: unknown, path: string, report: Report): Finding[] {
  return isPortNumber(port) ? [] : [report(path, 'there is no such port', '1 to 65535', port)];
}

/** An amount that is not negative. */
export function checkQuantity(amount: unknown, path: string, report: Report): Finding[] {
  const result = parseQuantity(amount);
  if (result.ok && result.quantity.nano >= 0n) return [];
  return [report(path, 'this is no amount', 'a quantity such as 250m or 64Mi', amount)];
}
