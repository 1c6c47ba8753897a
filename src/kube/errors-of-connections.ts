// Requests that got no answer, as errors: what was in the way, and what to do about it.
import { KubeError } from './kube-error.ts';
import type { Endpoint } from './errors-of-answers.ts';
import { BrokenBody } from './transport/read-body.ts';
import { NoAnswer, TimedOut } from './transport/transport.ts';

/** Node's and OpenSSL's codes for certificates that are not trusted, with what helps. */
const tlsHints = new Map<string, string>([
  ['CERT_HAS_EXPIRED', "the server's certificate has expired: renew it, and check this machine's clock"],
  ['CERT_NOT_YET_VALID', "the server's certificate is not valid yet: check this machine's clock"],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'the certificate is for other names: use one of them as the server, or --tls-server-name NAME',
  ],
]);

const otherAuthority =
  "the server's certificate is signed by another CA than the kubeconfig trusts: write the kubeconfig anew, or pass --certificate-authority FILE";

/** The error of a request that got no answer. Signals' reasons other than time limits pass through. */
export function toConnectionError(cause: unknown, { server }: Endpoint): unknown {
  const inner = cause instanceof NoAnswer ? cause.cause : cause;
  if (inner instanceof TimedOut)
    return new KubeError('Timeout', `the API server at ${server} did not answer in time: ${inner.message}`, {
      cause: inner,
      hint: '--request-timeout 2m gives it longer; 0 waits without end',
    });
  if (cause instanceof BrokenBody)
    return new KubeError('BrokenAnswer', `the answer of the API server at ${server} is not whole`, {
      cause,
      hint: 'run it again; if it stays so, a proxy or load balancer between cuts answers off',
    });
  if (inner instanceof KubeError || !(cause instanceof NoAnswer) || !(inner instanceof Error)) return inner;
  const code = (inner as NodeJS.ErrnoException).code ?? '';
  const hint = tlsHintOf(code);
  if (hint !== undefined)
    return new KubeError('TlsFailed', `the API server at ${server} cannot be trusted`, {
      cause: inner,
      hint,
    });
  return new KubeError('Unreachable', `the API server at ${server} does not answer`, {
    cause: describeCause(inner, code),
    hint: hintOfUnreachable(code),
  });
}

const untrusted = /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|ERR_TLS_CERT)/;

/** Whether a request failed because the server's certificate is none that is trusted. */
export function isDistrust(error: unknown): boolean {
  if (!(error instanceof NoAnswer)) return false;
  const { code = '' } = error.cause as NodeJS.ErrnoException;
  return untrusted.test(code);
}

function tlsHintOf(code: string): string | undefined {
  const known = tlsHints.get(code);
  if (known !== undefined) return known;
  if (untrusted.test(code)) return otherAuthority;
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_'))
    return 'the two could not agree on TLS: the port may speak plain HTTP, or the server may want a client certificate that the kubeconfig lacks';
  return undefined;
}

function hintOfUnreachable(code: string): string {
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN'
    ? "the server's name is unknown here: is a VPN off, or is another context meant? kubectl config get-contexts shows the others"
    : 'kubectl config get-contexts shows the others';
}

/** Attempts at several addresses fail together, with an empty message. */
function describeCause(error: Error, code: string): Error | string {
  if (error instanceof AggregateError && error.message === '')
    return (
      error.errors.map((each) => (each instanceof Error ? each.message : String(each))).join('; ') || code
    );
  return error.message === '' ? code : error;
}
