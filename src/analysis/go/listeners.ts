// The calls by which Go programs listen.
import type { CodeFile } from '../code/code-file.ts';
import type { Listener } from '../code/listeners.ts';

const uses = (pattern: RegExp) => (file: CodeFile) => pattern.test(file.text);

/** Ordered as they are looked for; `.Run`, `.Start` and `.Listen` only where a web framework is imported. */
export const goListeners: readonly Listener[] = [
  { pattern: /\bhttp\.ListenAndServe(?:TLS)?\(/g, position: 0, label: 'http.ListenAndServe' },
  { pattern: /(?<!http|fasthttp)\.ListenAndServe(?:TLS)?\(/g, position: 0, label: 'ListenAndServe' },
  { pattern: /\bfasthttp\.ListenAndServe(?:TLS)?\(/g, position: 0, label: 'fasthttp' },
  { pattern: /\bhttp\.Server\{/g, names: ['Addr'], label: 'http.Server' },
  { pattern: /(?<=\.)Addr[ \t]{0,8}=[ \t]{0,4}(?=["`])/g, label: 'Addr' },
  { pattern: /\b(?:net|tls|reuseport)\.Listen\(/g, position: 1, label: 'net.Listen' },
  { pattern: /\bListenConfig\{\}\)?\.Listen\(/g, position: 2, label: 'net.ListenConfig' },
  {
    pattern: /\.Run(?:TLS)?\(/g,
    position: 0,
    when: uses(/gin-gonic\/gin|hoisie\/web|beego|\bgin\./),
    label: 'Run',
  },
  {
    pattern: /\.Start(?:TLS|AutoTLS)?\(/g,
    position: 0,
    when: uses(/labstack\/echo|\becho\.|router\.New\(|\.Logger\.Fatal\(/),
    label: 'Start',
  },
  {
    pattern: /\.Listen(?:TLS)?\(/g,
    position: 0,
    when: uses(/gofiber\/fiber|kataras\/iris|\bfiber\./),
    label: 'Listen',
  },
  { pattern: /\biris\.Addr\(/g, position: 0, label: 'Iris' },
  { pattern: /\bWithHostPorts\(/g, position: 0, label: 'Hertz' },
  { pattern: /\.SetPort\(/g, position: 0, when: uses(/gogf\/gf/), label: 'GoFrame' },
  { pattern: /\bhttp\.Address\(/g, position: 0, when: uses(/go-kratos/), label: 'Kratos' },
  { pattern: /\bgrpc\.Address\(/g, position: 0, when: uses(/go-kratos/), label: 'Kratos', name: 'grpc' },
];
