// Which variables hold a secret as plain text.
import { isSecret, looksSecret } from '../../application/secret-names.ts';
import type { Container } from '../../workload/workload.ts';

/** Whether the variable has a literal value that looks like a secret: what secrets/env reports. Nothing else of a variable is judged by any rule. */
export function isPlainSecret({ name, value }: Pick<Container['env'][number], 'name' | 'value'>): boolean {
  return value !== undefined && holdsSecret(name, value);
}

/** Whether the value is a secret in itself, rather than a switch, the path of a file or a reference to a variable. */
function holdsSecret(name: string, value: string): boolean {
  const literal = value.replace(reference, '');
  if (literal === '' || /^(?:true|false)$/i.test(literal)) return false;
  if (/^(?:\/[A-Za-z0-9_.-]+){2,}$/.test(literal) && !looksSecret(literal)) return false;
  return isSecret(name, literal);
}

/** `$(NAME)` is filled in by Kubernetes, `${NAME}` by what templates manifests. */
const reference = /\$\([A-Za-z_][A-Za-z0-9_.-]{0,252}\)|\$\{[A-Za-z_][A-Za-z0-9_]{0,252}\}/g;
