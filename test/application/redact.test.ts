// Credentials leave no trace in text that is shown.
import { expect } from 'chai';
import fc from 'fast-check';
import { hasSecret, redactText } from '../../src/application/redact.ts';

describe('redacting text', () => {
  const hidden: Record<string, string> = {
    'the password of an address': 'connect postgres://shop:planted@db/shop now',
    'the token of an address': 'https://planted@github.com/acme/shop',
    'the value of a secret name': 'DB_PASSWORD=planted run',
    'a quoted value with spaces': 'run --password "planted with spaces planted"',
    'a flag with =': 'serve --api-key=planted',
    'a flag with a space': 'serve --api-token planted --port 1',
    'a Java property': 'java -Ddb.password=planted -jar a.jar',
    YAML: 'password: planted',
    'curl -u': 'curl -u admin:planted http://localhost',
    'redis-cli -a': 'redis-cli -a planted ping',
    'mysqladmin -p': 'mysqladmin ping -uroot -pplanted',
  };
  for (const [what, text] of Object.entries(hidden))
    it(`hides ${what}`, () => {
      expect(redactText(text)).to.contain('***');
      expect(redactText(text)).not.to.contain('planted');
      expect(hasSecret(text)).to.equal(true);
    });

  const shown = [
    'node server.js --port 8080',
    'serve --password=$PASSWORD --token ${TOKEN}',
    'curl -f http://localhost:8080/healthz || exit 1',
    'java -Xmx512m -XX:MaxRAMPercentage=75 -jar /app/shop.jar',
    'gunicorn --bind 0.0.0.0:8000 shop.wsgi:application',
    'mkdir -p /data && redis-cli ping',
  ];
  for (const text of shown) it(`leaves ${text}`, () => expect(redactText(text)).to.equal(text));

  it('takes any text, and long text quickly', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof redactText(text) === 'string'));
    const began = performance.now();
    for (const piece of ['a', '-a', '--a b ', '://a', 'a=', 'redis-cli -a ', '-u a:', '"'])
      redactText(piece.repeat(300_000));
    expect(performance.now() - began).to.be.below(2000);
  });
});
