// Reads an Ingress: which Services it leads to, under which hosts and paths, and whether by TLS.
import { fieldAt, listOf, textOf } from '../api/foreign-fields.ts';

/** One path of an Ingress to one Service. */
export interface IngressRoute {
  service: string;
  /** Empty for every host. */
  host: string;
  /** Empty for every path. */
  path: string;
  hasTls: boolean;
}

/** An Ingress, as far as it leads to Services. */
export interface IngressSnapshot {
  name: string;
  routes: readonly IngressRoute[];
}

/** An Ingress of any version of the API; undefined for every other object. Never throws. */
export function readIngress(object: unknown): IngressSnapshot | undefined {
  const apiVersion = textOf(fieldAt(object, 'apiVersion'));
  if (fieldAt(object, 'kind') !== 'Ingress' || !/^(networking\.k8s\.io|extensions)\//.test(apiVersion))
    return undefined;
  const spec = fieldAt(object, 'spec');
  const tls = listOf(fieldAt(spec, 'tls')).map((entry) => listOf(fieldAt(entry, 'hosts')).map(textOf));
  // An entry without hosts covers all of them.
  const hasTls = (host: string) => tls.some((hosts) => hosts.length === 0 || hosts.includes(host));
  const fallback = serviceOf(fieldAt(spec, 'defaultBackend') ?? fieldAt(spec, 'backend'));
  const routes = listOf(fieldAt(spec, 'rules')).flatMap((rule) => {
    const host = textOf(fieldAt(rule, 'host'));
    return listOf(fieldAt(rule, 'http', 'paths')).map((path) => ({
      service: serviceOf(fieldAt(path, 'backend')),
      host,
      path: textOf(fieldAt(path, 'path')),
      hasTls: hasTls(host),
    }));
  });
  return {
    name: textOf(fieldAt(object, 'metadata', 'name')),
    routes: [...routes, { service: fallback, host: '', path: '', hasTls: tls.length > 0 }].filter(
      ({ service }) => service !== '',
    ),
  };
}

// extensions/v1beta1 wrote serviceName.
function serviceOf(backend: unknown): string {
  return textOf(fieldAt(backend, 'service', 'name')) || textOf(fieldAt(backend, 'serviceName'));
}
