// Ports that a start command names.
import { expect } from 'chai';
import { findCommandPorts } from '../../../src/analysis/shell/command-ports.ts';

const env = new Map([['PORT', '4000']]);
const find = (...argv: string[]) =>
  findCommandPorts(argv, env).map(({ port, fromEnv }) => (fromEnv ? `${port} ${fromEnv}` : port));

describe('the ports of a start command', () => {
  const table: [string, string[], unknown[]][] = [
    ['-p 8080', ['serve', '-p', '8080'], [8080]],
    ['-p8080', ['serve', '-p8080'], [8080]],
    ['--port 8080', ['uvicorn', 'main:app', '--host', '0.0.0.0', '--port', '8080'], [8080]],
    ['--port=8080', ['serve', '--port=8080'], [8080]],
    ['-b :8000', ['gunicorn', '-b', ':8000', 'app:app'], [8000]],
    ['--bind 0.0.0.0:8000', ['gunicorn', '--bind', '0.0.0.0:8000', 'app'], [8000]],
    ['--bind with IPv6', ['hypercorn', '--bind', '[::]:8000', 'app'], [8000]],
    ['--server.port', ['java', '-jar', 'a.jar', '--server.port=8081'], [8081]],
    ['-Dserver.port', ['java', '-Dserver.port=8082', '-jar', 'a.jar'], [8082]],
    ['--urls', ['dotnet', 'a.dll', '--urls', 'http://+:5000'], [5000]],
    ['several --urls', ['dotnet', 'a.dll', '--urls=http://*:5000;https://*:5001'], [5000]],
    ['runserver', ['python', 'manage.py', 'runserver', '0.0.0.0:8000'], [8000]],
    ['http.server', ['python3', '-m', 'http.server', '9000'], [9000]],
    ['php -S', ['php', '-S', '0.0.0.0:8088', '-t', 'public'], [8088]],
    ['a variable with a value', ['sh', '-c', 'serve --port $PORT'], ['4000 PORT']],
    ['a variable with a default', ['/bin/sh', '-c', 'exec serve -p "${OTHER:-8080}"'], ['8080 OTHER']],
    ['an address with a variable', ['sh', '-c', 'gunicorn --bind 0.0.0.0:${PORT:-8000} app'], ['4000 PORT']],
    ['a variable without a value', ['sh', '-c', 'serve --port $NOPE'], []],
    ['the second command of a script', ['sh', '-c', 'migrate && serve --port 8080'], [8080]],
    ['-p of mkdir is no port', ['sh', '-c', 'mkdir -p 8080 && run'], []],
    ['a pid file of gunicorn is no port', ['gunicorn', '-p', '8080', 'app'], []],
    ['no number is no port', ['serve', '--port', 'auto', '-b', 'localhost'], []],
    ['out of range is no port', ['serve', '--port', '70000'], []],
    ['each port once', ['serve', '--port', '1', '--listen', ':1'], [1]],
  ];
  for (const [title, argv, expected] of table) it(title, () => expect(find(...argv)).to.deep.equal(expected));
});
