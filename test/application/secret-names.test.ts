// What counts as a secret: tables of names and values, and that no input is slow or throws.
import { expect } from 'chai';
import fc from 'fast-check';
import { isSecret, isSecretName, looksSecret } from '../../src/application/secret-names.ts';

describe('secret names', () => {
  const secret =
    'PASSWORD DB_PASSWORD dbPassword PGPASSWORD MYSQL_ROOT_PASSWORD REQUIREPASS DB_PASS DB_PWD SECRET CLIENT_SECRET ' +
    'SECRET_KEY_BASE DJANGO_SECRET_KEY TOKEN GITHUB_TOKEN accessToken API_KEY apiKey APIKEY X-Api-Key OPENAI_API_KEY ' +
    'PRIVATE_KEY SSH_KEY ENCRYPTION_KEY APP_KEY STRIPE_KEY KEY AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY SENTRY_DSN ' +
    'AZURE_STORAGE_CONNECTION_STRING ConnectionStrings__Default DATABASE_URL MONGODB_URI REDIS_URL --client-secret ' +
    'spring.datasource.password spring.datasource.url NPM_AUTH HASH_SALT JWT_SECRET JWT GOOGLE_CREDENTIALS SESSION_SECRET';
  for (const name of secret.split(' ')) {
    it(`holds ${name} for a secret`, () => expect(isSecretName(name)).to.equal(true));
  }
  const settings =
    'PORT HOST NODE_ENV KEYBOARD KEYBOARD_LAYOUT MONKEY PUBLIC_KEY JWT_PUBLIC_KEY STRIPE_PUBLISHABLE_KEY PRIMARY_KEY ' +
    'PASSWORD_FILE POSTGRES_PASSWORD_FILE TOKEN_TTL TOKEN_URL JWT_ISSUER JWT_ALGORITHM SECRET_NAME KEY_ID CACHE_KEY_PREFIX ' +
    'MAX_TOKENS TOKENIZERS_PARALLELISM PASSENGER_APP_ENV COMPASS PWD OLDPWD BYPASS PASS_THROUGH AUTH_HOST AUTHOR ' +
    'SSH_AUTH_SOCK API_URL BASE_URL URL DB_HOST DB_USER DATABASE_NAME KEYCLOAK_URL PATH GPG_KEY LOG_LEVEL SECRETARY PIN';
  for (const name of settings.split(' ')) {
    it(`holds ${name} for a setting`, () => expect(isSecretName(name)).to.equal(false));
  }
});

// Written in pieces, so that scanners of this repository do not take the examples for real ones.
const glue = (...parts: string[]): string => parts.join('');

describe('secret values', () => {
  const secret: Record<string, string> = {
    'a PEM private key': glue('-----BEGIN RSA ', 'PRIVATE KEY-----\nMIIE'),
    'a JWT': glue('eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxMjM0NTY3ODkwIn0', '.dozjgNryP4J3jVmNHl0w5N'),
    'an AWS access key id': glue('AKIA', 'IOSFODNN7EXAMPLE'),
    'an AWS secret key': glue('wJalrXUtnFEMI/K7MDENG', '/bPxRfiCYEXAMPLEKEY'),
    'a GitHub token': glue('ghp', '_16C7e42F292c6912E7710c838347Ae178B4a'),
    'a Slack token': glue('xoxb', '-123456789012-abcdefghij'),
    'a Stripe key': glue('sk_', 'live_4eC39HqLyjWDarjtT1zdp7dc'),
    'a password in an address': 'postgres://shop:hunter2@db:5432/shop',
    'a token in an address': glue('https://abcdef0123456789', 'abcdef@sentry.example/1'),
    'a password in a connection string': 'Server=db;User Id=sa;Password=Passw0rd;',
    'an account key': 'DefaultEndpointsProtocol=https;AccountName=x;AccountKey=abcdefg==',
    'random base64': 'q83vAcXhFz0kJ5Yp7RtWmB1nQe9sLdGi',
    'random hex': '9f86d081884c7d659a2feaa0c55ad015',
    'a bcrypt hash': '$2b$12$KIXQ4S1lHkY0T9v0uQ5l7eYw6b7c8d9e',
  };
  for (const [what, value] of Object.entries(secret)) {
    it(`sees ${what}`, () => expect(looksSecret(value)).to.equal(true));
  }
  const settings: Record<string, string> = {
    'an empty text': '',
    'a host and port': 'redis://cache:6379/0',
    'a path': '/usr/local/lib/python3.12/site-packages/Foo2/Bar3Baz',
    'a relative path': 'node_modules/.bin/next-server2/dist',
    'a search path': '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin',
    'a class name': 'com.acme.shop.web.ShopApplicationContextFactory2',
    'a UUID': '123e4567-e89b-12d3-a456-426614174000',
    'a sentence': 'Serves the shop and its 20 articles to everybody',
    'a version': '1.2.3-beta.4+build.20260101000000',
    'an integrity digest': 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'an address with a port': 'http://user-service:8080/api/v1/users',
    'JVM options': '-Xms256m -Xmx512m -XX:+UseG1GC -Djava.security.egd=file:/dev/./urandom',
    'a long identifier': 'ENABLE_EXPERIMENTAL_COREPACK_FEATURES_2',
  };
  for (const [what, value] of Object.entries(settings)) {
    it(`lets pass ${what}`, () => expect(looksSecret(value)).to.equal(false));
  }
});

describe('a name with its value', () => {
  const table: [string, string, string | undefined, boolean][] = [
    ['the address of a store without a password is a setting', 'REDIS_URL', 'redis://cache:6379', false],
    ['the address of a store with a password is a secret', 'REDIS_URL', 'redis://:pw@cache:6379', true],
    ['the address of a store without a known value is a secret', 'REDIS_URL', undefined, true],
    ['a commit is no secret', 'GIT_COMMIT', '9f86d081884c7d659a2feaa0c55ad01512345678', false],
    ['random text under a plain name is a secret', 'FOO', '9f86d081884c7d659a2feaa0c55ad015', true],
    ['a short password is a secret', 'DB_PASSWORD', 'x', true],
    ['a plain setting is one', 'LOG_LEVEL', 'debug', false],
  ];
  for (const [title, name, value, expected] of table) {
    it(title, () => expect(isSecret(name, value)).to.equal(expected));
  }

  it('judges any text without throwing, and long text quickly', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, value) => typeof isSecret(name, value) === 'boolean'),
    );
    const began = performance.now();
    for (const piece of ['a', ':/', '://a:', 'eyJ', 'xox-', 'aB1', 'password ', '-']) {
      looksSecret(piece.repeat(500_000));
      isSecretName(piece.repeat(500_000));
    }
    expect(performance.now() - began).to.be.below(2000);
  });
});
