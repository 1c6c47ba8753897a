// Secrets as plain text.
import { expect } from 'chai';
import fc from 'fast-check';
import { evaluateRule } from '../../../src/rules/evaluate.ts';
import { env } from '../../../src/rules/secrets/env.ts';
import { describeRule } from '../rule-cases.ts';
import { shopInput } from '../shop-input.ts';

const variable = (name: string, value: unknown, more = {}) => ({ env: [{ name, value, ...more }] });
const found = ['error containers[0].env[0].value: a literal value, valueFrom.secretKeyRef'];

describeRule(env, {
  'a password by its name': { container: variable('DB_PASSWORD', 'example'), says: found },
  'a token by its name': { container: variable('apiToken', 'x'), says: found },
  'a password in an address': { container: variable('UPSTREAM', 'postgres://shop:example@db/shop'), says: found },
  'a private key': { container: variable('SETTING', '-----BEGIN RSA PRIVATE KEY-----'), says: found },
  'an address without a password': { container: variable('DATABASE_URL', 'postgres://db/shop'), says: 'nothing' },
  'a setting': { container: variable('LOG_LEVEL', 'debug'), says: 'nothing' },
  'a reference to a Secret': { container: variable('DB_PASSWORD', undefined, { valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } }), says: 'nothing' },
  'a reference to another variable': { container: variable('DB_PASSWORD', '$(PGPASSWORD)'), says: 'nothing' },
  'a template to be filled in': { container: variable('DB_PASSWORD', '${DB_PASSWORD}'), says: 'nothing' },
  'an address with a reference': { container: variable('DATABASE_URL', 'postgres://shop:$(DB_PASSWORD)@db/shop'), says: 'nothing' },
  'a reference with a secret beside it': { container: variable('DATABASE_URL', 'postgres://shop:example@$(HOST)/shop'), says: found },
  'nothing': { container: variable('DB_PASSWORD', ''), says: 'nothing' },
  'a switch': { container: variable('ENABLE_AUTH', 'true'), says: 'nothing' },
  'the path of a file': { container: variable('GOOGLE_APPLICATION_CREDENTIALS', '/var/run/secrets/google/key.json'), says: 'nothing' },
  'a number that is no text is refused elsewhere': { container: variable('DB_PASSWORD', 5), says: 'nothing' },
  'in an init container': {
    initContainers: [{ name: 'migrate', ...variable('PGPASSWORD', 'example') }],
    says: ['error initContainers[0].env[0].value: a literal value, valueFrom.secretKeyRef'],
  },
  'each of several': {
    container: { env: [{ name: 'A', value: 'b' }, { name: 'API_KEY', value: 'x' }, { name: 'JWT_SECRET', value: 'y' }] },
    says: ['error containers[0].env[1].value: a literal value, valueFrom.secretKeyRef', 'error containers[0].env[2].value: a literal value, valueFrom.secretKeyRef'],
  },
}); // prettier-ignore

describe('secrets/env', () => {
  it('never repeats a value', () => {
    const value = fc.stringMatching(/^[A-Za-z0-9+/=]{12,40}$/);
    fc.assert(
      fc.property(value, (secret) => {
        const input = shopInput({ container: variable('DB_PASSWORD', secret) });
        expect(JSON.stringify(evaluateRule(env, input))).to.not.contain(secret);
      }),
    );
  });
});
