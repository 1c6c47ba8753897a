// PHP: Composer, front controllers, and what serves them.
import type { Language, StartCommand } from './language.ts';
import { findFile, findLine, namesOf, type Project } from './project.ts';

const REQUIRED = /^[ \t]{0,20}"((?:ext-|[\w.-]{1,80}\/)[\w.-]{1,80})"[ \t]{0,4}:/gm;
const FRONTS = [
  'public/index.php',
  'web/index.php',
  'index.php',
  'htdocs/index.php',
  'src/index.php',
  'app.php',
];

/** PHP. */
export const php: Language = {
  name: 'php',
  selection: {
    syntax: 'java',
    extensions: ['.php'],
    isLeftOut: (path) => /(?:^|\/)(?:tests?|vendor|node_modules|storage|database)\//i.test(path),
  },
  manifests: /^composer\.json$/,
  packages: (text) => namesOf(text, REQUIRED),
  mains: FRONTS,
  runs: (project) => {
    for (const name of [
      'artisan',
      'bin/console',
      ...FRONTS,
      'Procfile',
      'wp-config.php',
      'wp-config-sample.php',
    ])
      if (project.has(name))
        return { file: project.read(name)?.file ?? project.sign.file, reason: `${name} can be started` };
    const front = findFile(project, /^[^/]{1,80}\.php$/);
    return front === undefined || project.manifest ? undefined : { file: front, reason: 'a page of PHP' };
  },
  frameworks: [
    {
      name: 'Laravel',
      packages: ['laravel/framework'],
      files: ['artisan'],
      kind: 'server',
      port: 80,
      portEnv: 'APP_PORT',
    },
    { name: 'Lumen', packages: ['laravel/lumen-framework'], kind: 'server', port: 80 },
    { name: 'Drupal', packages: ['drupal/core', 'drupal/core-recommended'], kind: 'server', port: 80 },
    { name: 'Shopware', packages: ['shopware/core'], kind: 'server', port: 80 },
    {
      name: 'Magento',
      packages: ['magento/product-community-edition', 'magento/framework'],
      kind: 'server',
      port: 80,
    },
    { name: 'TYPO3', packages: ['typo3/cms-core'], kind: 'server', port: 80 },
    {
      name: 'Symfony',
      packages: ['symfony/framework-bundle', 'symfony/symfony', 'symfony/runtime'],
      files: ['symfony.lock'],
      kind: 'server',
      port: 80,
    },
    { name: 'CakePHP', packages: ['cakephp/cakephp'], kind: 'server', port: 80 },
    {
      name: 'CodeIgniter',
      packages: ['codeigniter4/framework', 'codeigniter/framework'],
      files: ['spark'],
      kind: 'server',
      port: 80,
    },
    { name: 'Yii', packages: ['yiisoft/yii2', 'yiisoft/yii'], files: ['yii'], kind: 'server', port: 80 },
    { name: 'Laminas', packages: ['laminas/laminas-mvc', 'mezzio/mezzio'], kind: 'server', port: 80 },
    { name: 'Hyperf', packages: ['hyperf/http-server'], kind: 'server', port: 9501 },
    { name: 'Slim', packages: ['slim/slim'], kind: 'server', port: 80 },
    { name: 'Phalcon', packages: ['phalcon/cphalcon'], kind: 'server', port: 80 },
    {
      name: 'WordPress',
      packages: ['johnpbloch/wordpress', 'roots/wordpress'],
      files: ['wp-config.php', 'wp-config-sample.php', 'wp-settings.php'],
      kind: 'server',
      port: 80,
    },
    { name: 'Symfony Console', packages: ['symfony/console'], kind: 'cli' },
  ],
  clients: [
    {
      name: 'mongodb',
      type: 'database',
      packages: ['mongodb/mongodb', 'mongodb/laravel-mongodb', 'jenssegers/mongodb'],
    },
    { name: 'redis', type: 'cache', packages: ['predis/predis', 'ext-redis'] },
    { name: 'memcached', type: 'cache', packages: ['ext-memcached'] },
    { name: 'rabbitmq', type: 'queue', packages: ['php-amqplib/php-amqplib', 'ext-amqp'] },
    { name: 'elasticsearch', type: 'database', packages: ['elasticsearch/elasticsearch'] },
    { name: 'postgresql', type: 'database', packages: ['ext-pgsql', 'ext-pdo_pgsql'] },
    { name: 'mysql', type: 'database', packages: ['ext-mysqli', 'ext-pdo_mysql'] },
  ],
  portSettings: [
    { file: /^\.env$/, pattern: /^(?<variable>APP_PORT)=(?<port>\d{2,5})\b/m },
    { file: /^\.env\.example$/, pattern: /^(?<variable>APP_PORT)=(?<port>\d{2,5})\b/m },
  ],
  portOf: (project) =>
    project.packages.has('hyperf/http-server')
      ? undefined
      : {
          value: 80,
          ...(project.has('artisan') && { variable: 'APP_PORT' }),
          evidence: {
            ...project.sign,
            reason: 'a web server in front of PHP listens on 80 unless told otherwise',
          },
        },
  routes: [
    /(?:\bRoute::|\$(?:app|router|r|this|group|routes)->)get\([ \t]{0,4}['"](?<path>\/?[\w/.-]{1,80})['"]/g,
    /\bhealth:[ \t]{0,4}['"](?<path>\/[\w/.-]{1,80})['"]/g,
    /#\[Route\([ \t]{0,4}(?:path:[ \t]{0,4})?['"](?<path>\/[\w/.-]{1,80})['"]/g,
  ],
  reads: [
    /\b(?:getenv|env)\([ \t]{0,4}['"](?<name>[A-Za-z_]\w{0,119})['"](?<fallback>[ \t]{0,4},|\)[ \t]{0,4}\?[:?])?/g,
    /\$_(?:ENV|SERVER)\[[ \t]{0,4}['"](?<name>[A-Z][A-Z0-9_]{0,119})['"][ \t]{0,4}\](?<fallback>[ \t]{0,4}\?[:?])?/g,
  ],
  kindOf: (project) =>
    FRONTS.some((name) => project.has(name)) ? { value: 'server', evidence: project.sign } : undefined,
  start: startPhp,
  versions: [{ file: '', pattern: /"php"[ \t]{0,4}:[ \t]{0,4}"([^"\n]{1,40})"/ }],
};

// PHP has no process of its own: a web server runs it. What is known is which folder is served.
function startPhp(project: Project): StartCommand | undefined {
  const frankenphp = findLine(project.manifest, /"laravel\/octane"/, 'Octane serves it');
  if (frankenphp)
    return { command: 'php artisan octane:start --host=0.0.0.0', evidence: frankenphp.evidence };
  const hyperf = findLine(project.manifest, /"hyperf\/http-server"/, 'Hyperf serves itself');
  return hyperf && { command: 'php bin/hyperf.php start', evidence: hyperf.evidence };
}
