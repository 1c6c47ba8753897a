// Which schedules Kubernetes takes: asked by the builder before it writes one, and by the checks of what was written.

const fieldPattern =
  /^(\*|[0-9]{1,2}|[A-Z]{3})(-([0-9]{1,2}|[A-Z]{3}))?(\/[1-9][0-9]?)?(,([0-9]{1,2}|[A-Z]{3}|\*)(-([0-9]{1,2}|[A-Z]{3}))?(\/[1-9][0-9]?)?)*$/i;

const macros = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);

const ranges = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const;

/** Whether it is a schedule that Kubernetes takes: five fields in range, or a macro. */
export function isCronSchedule(text: string): boolean {
  if (text.length > 200) return false;
  if (macros.has(text)) return true;
  const fields = text.trim().split(/\s+/);
  return fields.length === 5 && fields.every((field, index) => isField(field, index));
}

function isField(field: string, index: number): boolean {
  const [low, high] = ranges[index] ?? [0, 59];
  if (!fieldPattern.test(field)) return false;
  return field.split(',').every((part) => {
    const [range = '', step] = part.split('/');
    if (step !== undefined && Number(step) > high) return false;
    if (range === '*') return true;
    const numbers = range.split('-').map((text) => toNumber(text, index));
    const [first, last = first] = numbers;
    return first !== undefined && last !== undefined && first >= low && last <= high && first <= last;
  });
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** A number or, for months and week days, its name. */
function toNumber(text: string, index: number): number | undefined {
  if (/^[0-9]+$/.test(text)) return Number(text);
  const named = index === 3 ? months.indexOf(text.toUpperCase()) + 1 : days.indexOf(text.toUpperCase());
  const isNamed = (index === 3 && named > 0) || (index === 4 && named >= 0);
  return isNamed ? named : undefined;
}
