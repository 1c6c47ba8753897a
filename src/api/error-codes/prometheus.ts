// Errors of the way to a Prometheus, and of its answers.
import type { ErrorEntry } from './error-entry.ts';

export const prometheusErrors = {
  PrometheusInvalid: {
    kind: 'usage',
    when: "a Prometheus' address, headers or credentials are none, or credentials would go over plain HTTP",
    remedy:
      'write https://HOST:PORT; plain HTTP takes credentials only with --prometheus-insecure-credentials',
  },
  PrometheusFileUnreadable: {
    kind: 'failed',
    when: 'the file of a token, password or CA for Prometheus cannot be read',
    remedy: 'check its path and permissions',
  },
  PrometheusUnreachable: {
    kind: 'transient',
    when: 'Prometheus does not answer, or its answer breaks off',
    remedy: 'look at its address, and whether it runs',
  },
  PrometheusTimeout: {
    kind: 'waiting',
    when: 'Prometheus did not answer in time',
    remedy: 'it may be busy; a longer time limit helps where it is only slow',
  },
  PrometheusDenied: {
    kind: 'denied',
    when: 'Prometheus, or a proxy in front of it, does not take the credentials',
    remedy: 'look at the token, password and tenant header',
  },
  PrometheusRefused: {
    kind: 'failed',
    when: 'Prometheus says no to a query; the words are its own',
    remedy: 'look at its log, and at its limits on queries',
  },
  PrometheusAnswerInvalid: {
    kind: 'failed',
    when: 'what answers is no Prometheus, such as a page to sign in, or it redirects',
    remedy: 'look at the address, its path included, and at what stands in front of it',
  },
  PrometheusAnswerTooLarge: {
    kind: 'failed',
    when: 'an answer is larger than we hold, in the smallest part that can be asked for',
    remedy: 'ask for one namespace',
  },
  PrometheusPaused: {
    kind: 'waiting',
    when: 'Prometheus has failed several times in a row and is left alone for a while',
    remedy: 'nothing: it is asked again by itself',
  },
} as const satisfies Record<string, ErrorEntry>;
