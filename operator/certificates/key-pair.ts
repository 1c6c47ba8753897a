// What a TLS server needs: a certificate and its private key.

/** Certificate (with its chain, where there is one) and private key (PKCS #8), both PEM. */
export interface KeyPair {
  cert: string;
  key: string;
}
