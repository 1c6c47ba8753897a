// The probe to write where there is none: complete, so that it can be pasted, with the port as far as it is known.
import type { EffectiveApplicationPersonaSpec } from '../../api/personas.ts';
import type { Container } from '../../workload/workload.ts';
import { askedPort, askedScheme, type ProbeName } from './asked-probe.ts';

/** `livenessProbe: {tcpSocket: {port: 8080}}`, or httpGet where the persona names a path; `…` stands for a port that nothing tells. */
export function suggestProbe(
  name: ProbeName,
  path: string | undefined,
  { spec, container }: { spec: EffectiveApplicationPersonaSpec; container: Container },
): string {
  const port = askedPort(spec) ?? findDeclaredPort(container) ?? '…';
  if (path === undefined) return `${name}: {tcpSocket: {port: ${port}}}`;
  const scheme = askedScheme(spec) === 'HTTPS' ? ', scheme: HTTPS' : '';
  return `${name}: {httpGet: {path: ${path}, port: ${port}${scheme}}}`;
}

/** Probes speak TCP. */
function findDeclaredPort({ ports }: Container): number | undefined {
  const numbers = ports.filter(({ protocol }) => protocol === 'TCP');
  const port = numbers[0]?.containerPort;
  return typeof port === 'number' ? port : undefined;
}
