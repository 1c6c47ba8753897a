// What this process asks of the API server, under client-go's name.
import { Counter } from 'prom-client';
import type { SentRequest } from '../../../src/kube/request-info.ts';
import type { Metrics } from '../metrics.ts';

/** Counts sendings, for a client's `onSent`. */
export function createRequestCounter({ registry }: Metrics): (sent: SentRequest) => void {
  const counter = new Counter({
    name: 'rest_client_requests_total',
    help: 'Requests to the API server by status (<error>: no answer), verb and resource',
    labelNames: ['code', 'method', 'group', 'resource'],
    registers: [registry],
  });
  return ({ status, verb, group, resource }) =>
    counter.inc({ code: status ?? '<error>', method: verb, group, resource });
}
