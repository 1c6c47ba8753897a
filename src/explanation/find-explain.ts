// Looks a place up in a table: as it is written, else with the application's own keys as `*`.
import type { Explain, FieldPath, FieldTable, FieldView } from './reason.ts';
import { toPlace } from './reason.ts';

/** The explanation of a path, or undefined where the table has none. */
export function findExplain<View extends FieldView>(
  table: FieldTable<View>,
  path: FieldPath,
): Explain<View> | undefined {
  const place = toPlace(path);
  if (Object.hasOwn(table, place)) return table[place];
  const starred = path.flatMap((step, index) =>
    typeof step === 'number' ? [] : [toPlace(path.map((other, at) => (at === index ? '*' : other)))],
  );
  const found = starred.find((candidate) => Object.hasOwn(table, candidate));
  return found === undefined ? undefined : table[found];
}
