// The calls by which Java and Kotlin programs listen.
import type { CodeFile } from '../code/code-file.ts';
import type { Listener } from '../code/listeners.ts';

const uses = (pattern: RegExp) => (file: CodeFile) => pattern.test(file.text);

/** Ordered as they are looked for; short method names only where their library is imported. */
export const javaListeners: readonly Listener[] = [
  { pattern: /\bnew\s{1,4}(?:SSL)?ServerSocket\(/g, position: 0, label: 'ServerSocket' },
  { pattern: /\bHttps?Server\.create\(/g, position: 0, label: 'HttpServer' },
  {
    pattern: /\bbind\(/g,
    position: 0,
    when: uses(/\bServerSocketChannel\b|\bServerBootstrap\b/),
    label: 'bind',
  },
  {
    pattern: /\.(?:l|rxL)isten\(/g,
    names: ['port'],
    position: 0,
    when: uses(/\bvertx\b/i),
    label: 'Vert.x',
  },
  {
    pattern: /\.setPort\(/g,
    position: 0,
    when: uses(
      /\bHttpServerOptions\b|\bTomcat\b|\bServerConnector\b|\bConfigurableWebServerFactory\b|\bsetConnectors\b/,
    ),
    label: 'setPort',
  },
  { pattern: /\bembeddedServer\(/g, names: ['port'], position: 1, label: 'Ktor' },
  { pattern: /\.start\(/g, position: 0, when: uses(/\bjavalin\b/i), label: 'Javalin' },
  {
    pattern: /(?:^|[^.\w]|Spark\.)port\(/g,
    position: 0,
    when: uses(/\bimport\s{1,4}(?:static\s{1,4})?spark\./),
    label: 'Spark',
  },
  {
    pattern: /\.port\(/g,
    position: 0,
    when: uses(/\bimport\s{1,4}(?:io\.helidon|ratpack|io\.undertow)\b/),
    label: 'port',
  },
  { pattern: /\bforPort\(/g, position: 0, when: uses(/\bServerBuilder\b/), label: 'gRPC' },
  { pattern: /\bnew\s{1,4}Server\(/g, position: 0, when: uses(/\borg\.eclipse\.jetty\b/), label: 'Jetty' },
  { pattern: /\.addHttpListener\(/g, position: 0, label: 'Undertow' },
  {
    pattern: /\b(?:Netty|Jetty|Undertow|Apache|SunHttp|Helidon)\(/g,
    position: 0,
    when: uses(/\borg\.http4k\b/),
    label: 'http4k',
  },
  { pattern: /\.http\(/g, position: 0, when: uses(/\bcom\.linecorp\.armeria\b/), label: 'Armeria' },
];
