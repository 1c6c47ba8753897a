// The calls by which Python programs listen.
import type { CodeFile } from '../code/code-file.ts';
import type { Listener } from '../code/listeners.ts';

const imports = (name: string) => {
  const pattern = new RegExp(`^[ \\t]{0,20}(?:from|import)[ \\t]{1,4}${name}\\b`, 'm');
  return (file: CodeFile) => pattern.test(file.text);
};
const importsAny = (...names: string[]) => {
  const tests = names.map(imports);
  return (file: CodeFile) => tests.some((test) => test(file));
};

/** Ordered; `.run(port=…)` of many frameworks shares one entry. */
export const pythonListeners: readonly Listener[] = [
  { pattern: /\buvicorn\.(?:run|Config)\(/g, names: ['port'], fallback: 8000, label: 'uvicorn' },
  { pattern: /\bweb\.run_app\(/g, names: ['port'], fallback: 8080, label: 'aiohttp' },
  { pattern: /\bTCPSite\(/g, names: ['port'], position: 2, fallback: 8080, label: 'aiohttp' },
  {
    pattern: /(?<!uvicorn|\bmcp|subprocess|asyncio)\.run(?:_server)?\(/g,
    names: ['port', 'http_port'],
    label: 'run(port=…)',
  },
  {
    pattern: /\b(?:app|application|server)\.run\(/g,
    position: 1,
    when: importsAny('flask', 'quart', '\\w*\\.?app'),
    label: 'app.run',
  },
  {
    pattern: /\brun\(/g,
    names: ['port'],
    when: importsAny('bottle', 'nicegui'),
    fallback: 8080,
    label: 'run',
  },
  { pattern: /\bui\.run\(/g, names: ['port'], when: importsAny('nicegui'), fallback: 8080, label: 'NiceGUI' },
  { pattern: /\brun_simple\(/g, names: ['port'], position: 1, label: 'werkzeug' },
  {
    pattern: /(?:^|[^.\w])serve\(/g,
    names: ['port'],
    when: importsAny('waitress', 'fasthtml'),
    label: 'serve',
  },
  { pattern: /\bwaitress\.serve\(/g, names: ['port'], fallback: 8080, label: 'waitress' },
  {
    pattern: /\bserve\(/g,
    names: ['port'],
    position: 2,
    when: importsAny('websockets'),
    label: 'websockets',
  },
  { pattern: /\blaunch\(/g, names: ['server_port'], label: 'Gradio' },
  {
    pattern: /\b\w*(?:HTTP|TCP|WSGI|XMLRPC)Server\(/g,
    names: ['server_address', 'listener'],
    position: 0,
    label: 'server',
  },
  { pattern: /\bmake_server\(/g, names: ['port'], position: 1, label: 'make_server' },
  {
    pattern: /\bstart_server\(/g,
    names: ['port'],
    position: 2,
    when: importsAny('asyncio'),
    label: 'asyncio',
  },
  {
    pattern: /\bcreate_server\(/g,
    names: ['port'],
    position: 2,
    when: importsAny('asyncio'),
    label: 'asyncio',
  },
  {
    pattern: /\.listen\(/g,
    names: ['port'],
    position: 0,
    when: importsAny('tornado', 'eventlet'),
    label: 'listen',
  },
  {
    pattern: /\.bind\(/g,
    position: 0,
    when: importsAny('socket', 'tornado'),
    label: 'bind',
    confidence: 0.8,
  },
  { pattern: /\.add_(?:in)?secure_port\(/g, names: ['address'], position: 0, label: 'gRPC' },
  {
    pattern: /\bstart_http_server\(/g,
    names: ['port'],
    position: 0,
    when: importsAny('prometheus_client'),
    name: 'metrics',
    label: 'Prometheus client',
  },
  { pattern: /\bFastMCP\(/g, names: ['port'], label: 'FastMCP' },
  { pattern: /\bset_defaults\(/g, names: ['port'], label: 'default' },
];
