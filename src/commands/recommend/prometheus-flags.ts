// The flags that say which Prometheus `recommend` asks from here, and how.
import * as Flags from '@oclif/core/flags';

export const prometheusFlags = {
  window: Flags.string({
    helpValue: 'TIME',
    summary: 'how far back: 7d, at most 8d',
  }),
  'prometheus-url': Flags.string({ helpValue: 'URL', summary: 'ask it from here: needs no operator' }),
  'prometheus-service': Flags.string({
    helpValue: 'PLACE',
    summary: 'NAMESPACE/NAME:PORT: through the API server',
  }),
  'prometheus-bearer-token-file': Flags.string({ helpValue: 'FILE', summary: 'token for it' }),
  'prometheus-username': Flags.string({ helpValue: 'NAME', summary: 'user for it' }),
  'prometheus-password-file': Flags.string({ helpValue: 'FILE', summary: "that user's password" }),
  'prometheus-ca-file': Flags.string({ helpValue: 'FILE', summary: 'certificate of its CA' }),
  'prometheus-header': Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'NAME=VALUE',
    summary: 'a header, such as a tenant',
  }),
  'prometheus-insecure-credentials': Flags.boolean({ summary: 'send them over plain HTTP, too' }),
  'prometheus-timeout': Flags.string({ helpValue: 'TIME', summary: 'longest time of one request: 30s' }),
};

/** What oclif's parser makes of {@link prometheusFlags}. */
export interface PrometheusFlagValues {
  window?: string | undefined;
  'prometheus-url'?: string | undefined;
  'prometheus-service'?: string | undefined;
  'prometheus-bearer-token-file'?: string | undefined;
  'prometheus-username'?: string | undefined;
  'prometheus-password-file'?: string | undefined;
  'prometheus-ca-file'?: string | undefined;
  'prometheus-header'?: string[] | undefined;
  'prometheus-insecure-credentials'?: boolean | undefined;
  'prometheus-timeout'?: string | undefined;
}
