// Tells a secret from a setting, by the name of a variable and by the look of its value; in doubt it is a secret.

/** Longer values are judged by their beginning. */
const MAX_JUDGED = 8192;

/** Words that make a name a secret wherever they stand, unless a word after them says that it is only about one. */
const SECRET_WORDS = new Set([
  'password',
  'passwords',
  'passwd',
  'passphrase',
  'passcode',
  'pwd',
  'pw',
  'pass',
  'secret',
  'secrets',
  'token',
  'tokens',
  'credential',
  'credentials',
  'creds',
  'cred',
  'jwt',
  'dsn',
  'salt',
  'pepper',
  'pat',
  'otp',
  'auth',
  'bearer',
  'htpasswd',
  'kubeconfig',
  'dockerconfigjson',
  'connectionstring',
  'connstr',
  'pin',
]);

/** Words that are a secret only at the name's end: `DB_PASS`, but not `PASS_THROUGH`; `NPM_AUTH`, but not `AUTH_HOST`. */
const SECRET_AT_END = new Set(['pass', 'pw', 'auth', 'pat', 'pin', 'jwt', 'bearer']);

/** Endings of words written together: PGPASSWORD, APIKEY, AUTHTOKEN, REQUIREPASS. */
const GLUED =
  /(?:password|passwd|passphrase|apikeys?|privatekey|secretkey|accesskey|authkey|masterkey|authtoken|accesstoken|refreshtoken|apitoken|clientsecret|requirepass|dbpass|(?:pg|db|my|sql|ro|rw)pwd)$/;

/** Words after a secret word that turn it into a remark about one: PASSWORD_FILE, TOKEN_TTL, SECRET_NAME, KEY_ID. */
const ABOUT = new Set(
  (
    'file files path paths dir directory folder name names id ids length len min max ttl expiry expires expiration ' +
    'expire lifetime timeout size type types algorithm alg algo url uri endpoint header headers issuer iss audience aud ' +
    'count enabled enable disabled required policy rotation version format host hostname port seconds minutes hours ' +
    'days ms cost rounds iterations provider manager prefix suffix limit limits field column attempts retries store ' +
    'engine backend arn mount source method scheme mode class per interval age bytes location region domain realm ' +
    'encoding window refresh budget usage service app allowed optional validation strength regex pattern reset'
  ).split(' '),
);

/** Words before `KEY` that make it a name for something else: a column, a public half, a position in a map. */
const HARMLESS_KEYS = new Set(
  (
    'public pub publishable partition sort primary foreign cache row object routing group map registry index header hot ' +
    'shortcut unique composite lookup natural surrogate range message record event topic s3 translation i18n i label ' +
    'annotation config gpg known host idempotency'
  ).split(' '),
);

/** What a store's address is called; its value usually carries a password. */
const STORES = new Set(
  (
    'database db postgres postgresql pg pgsql mysql mariadb mssql sqlserver mongo mongodb redis rediss amqp amqps ' +
    'rabbitmq cloudamqp rabbit broker celery couchdb cassandra clickhouse cockroach cockroachdb elasticsearch opensearch ' +
    'neo4j jdbc sqlalchemy datasource memcached nats smtp ldap mailer'
  ).split(' '),
);

/** Names whose values are long and random by nature, without being secret. */
const DIGEST_WORDS = new Set(
  'sha sha1 sha256 sha512 md5 checksum checksums digest commit revision rev fingerprint integrity hash etag gpg'.split(
    ' ',
  ),
);

const NOT_SECRET = new Set(['PWD', 'OLDPWD', 'SSH_AUTH_SOCK', 'GPG_KEY', 'GPG_KEYS', 'KEY_VAULT', 'PIN']);

/** Tokens that say themselves what they are; each alternative is anchored to a fixed beginning, so that it stays linear. */
const KNOWN_TOKENS = [
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{20,}/,
  /\bgithub_pat_[A-Za-z0-9_]{20,}/,
  /\bgl(?:pat|dt|rt|ptt)-[A-Za-z0-9_-]{16,}/,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/,
  /\b[srp]k_(?:live|test)_[A-Za-z0-9]{10,}/,
  /\bwhsec_[A-Za-z0-9+/]{16,}/,
  /\bsk-[A-Za-z0-9_-]{20,}/,
  /\bAIza[A-Za-z0-9_-]{30,}/,
  /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/,
  /\bnpm_[A-Za-z0-9]{30,}/,
  /\bpypi-[A-Za-z0-9_-]{30,}/,
  /\bhf_[A-Za-z0-9]{20,}/,
  /\bdo[opr]_v1_[a-f0-9]{32,}/,
  /\bdckr_pat_[A-Za-z0-9_-]{16,}/,
  /\bhv[sb]\.[A-Za-z0-9_-]{20,}/,
  /\bya29\.[A-Za-z0-9_-]{20,}/,
  /\bhooks\.slack\.com\/services\/[A-Za-z0-9/]{10,}/,
  /\$2[abxy]\$\d\d\$[A-Za-z0-9./]{20,}/,
  /\b(?:Bearer|Basic) [A-Za-z0-9+/._~-]{12,}/,
];

/** Credentials inside an address or a connection string. */
const CARRIED = [
  /:\/\/[^\s/@:]{0,256}:[^\s/@]{1,512}@/,
  /:\/\/[^\s/@:]{16,256}@/,
  /(?:^|[;,?&\s])(?:password|passwd|pwd|accountkey|sharedaccesskey|access_token|api_?key|secret|token|sig)\s?=\s?[^;,&\s]{3}/i,
];

/** Whether a variable, flag, label or key of this name holds a secret: `DB_PASSWORD`, `apiKey`, `--client-secret`, `DATABASE_URL`. */
export function isSecretName(name: string): boolean {
  if (NOT_SECRET.has(name)) return false;
  const words = splitWords(name);
  return isCredentialName(words) || isStoreAddress(words);
}

/** Whether a value is a secret whatever its name: PEM, JWT, vendors' tokens, userinfo in an address, connection strings, long random text. */
export function looksSecret(value: string): boolean {
  return isRecognised(value) || isRandom(value);
}

/**
 * Whether a variable is a secret, judged by name and by its value where one is known. An address of a store is judged by its value
 * (`redis://cache:6379` is a setting), and random text under a name such as `GIT_COMMIT` or `NODE_SHA256` is not a secret.
 */
export function isSecret(name: string, value?: string): boolean {
  if (value === undefined || value === '') return isSecretName(name);
  const words = splitWords(name);
  if (!NOT_SECRET.has(name) && isCredentialName(words)) return true;
  return isRecognised(value) || (isRandom(value) && !words.some((word) => DIGEST_WORDS.has(word)));
}

function splitWords(name: string): string[] {
  return name
    .slice(0, 256)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

function isCredentialName(words: readonly string[]): boolean {
  if (isConnectionString(words)) return true;
  return words.some((word, at) => {
    const rest = words.slice(at + 1);
    if (word === 'key' || word === 'keys') return isSecretKey(words, at);
    if (!SECRET_WORDS.has(word) && !GLUED.test(word)) return false;
    if (SECRET_AT_END.has(word)) return rest.length === 0;
    if (word === 'tokens' && words.length > 1) return words[at - 1] !== 'max' && rest.length === 0;
    return !rest.some((after) => ABOUT.has(after));
  });
}

function isSecretKey(words: readonly string[], at: number): boolean {
  const before = words[at - 1];
  const rest = words.slice(at + 1);
  // The id of an AWS access key is half of the credential.
  if (before === 'access' && rest[0] === 'id') return true;
  if (before !== undefined && HARMLESS_KEYS.has(before)) return false;
  return rest.every((word) => !ABOUT.has(word) && word !== 'vault' && word !== 'space');
}

function isConnectionString(words: readonly string[]): boolean {
  return words.some(
    (word, at) => /^conn(?:ection)?$/.test(word) && /^str(?:ings?)?$/.test(words[at + 1] ?? ''),
  );
}

function isStoreAddress(words: readonly string[]): boolean {
  const last = words.at(-1);
  return (last === 'url' || last === 'uri' || last === 'urls') && words.some((word) => STORES.has(word));
}

/** Whether a value has the form of a credential: PEM, JWT, a vendor's token, userinfo in an address, a connection string. */
export function isRecognised(value: string): boolean {
  const text = value.slice(0, MAX_JUDGED);
  return [...KNOWN_TOKENS, ...CARRIED].some((pattern) => pattern.test(text));
}

// Random text changes between upper case, lower case and digits at almost every other character; words, paths and versions do not.
function isRandom(value: string): boolean {
  const text = value.trim().slice(0, MAX_JUDGED);
  if (text.length < 20 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text) || isNamedText(text)) return false;
  const share = countClassChanges(text) / text.length;
  const digits = text.replace(/[^0-9]/g, '').length;
  const isMixed = /[a-z]/.test(text) && /[A-Z]/.test(text) && digits > 0;
  if (isMixed) return share >= 0.35;
  return text.length >= 24 && /^[A-Za-z0-9]+$/.test(text) && digits / text.length >= 0.15 && share >= 0.28;
}

// A UUID, a path, or an integrity digest that says its algorithm.
function isNamedText(text: string): boolean {
  return /^(?:[0-9a-f]{1,12}-){4}[0-9a-f]{1,12}$/i.test(text) || /^[/_-]|\/\/|^sha\d+-/.test(text);
}

function countClassChanges(text: string): number {
  let changes = 0;
  for (let at = 1; at < text.length; at++) {
    if (classOf(text.charCodeAt(at)) !== classOf(text.charCodeAt(at - 1))) changes++;
  }
  return changes;
}

function classOf(code: number): number {
  if (code >= 48 && code <= 57) return 0;
  if (code >= 65 && code <= 90) return 1;
  return code >= 97 && code <= 122 ? 2 : 3;
}
