import { expect } from 'chai';
import { pythonAnalyser } from '../../../src/analysis/analysers/python.ts';
import { componentOf, envOf, portsOf, probesOf, type Files } from '../code/claims-of.ts';

const of = (files: Files) => componentOf(pythonAnalyser, files);
const flask = { 'requirements.txt': 'Flask==3.0\n' };

describe('analysis of Python', () => {
  describe('ports', () => {
    const cases: Record<string, [Files, string[]]> = {
      'a literal in app.run is the port': [
        {
          ...flask,
          'app.py': "from flask import Flask\napp = Flask(__name__)\napp.run(host='0.0.0.0', port=8123)\n",
        },
        ['8123'],
      ],
      'a constant is followed to its number': [
        {
          ...flask,
          'app.py': 'from flask import Flask\nPORT = 3001\napp = Flask("x")\napp.run(port=PORT)\n',
        },
        ['3001'],
      ],
      'a constant of another module is followed': [
        {
          ...flask,
          'config.py': 'class Config:\n    PORT: int = 7001\n',
          'app.py': 'from config import Config\napp.run(port=Config.PORT)\n',
        },
        ['7001'],
      ],
      'the default of an environment read is the port, and the variable moves it': [
        { ...flask, 'app.py': 'import os\napp.run(port=int(os.environ.get("PORT", "8080")))\n' },
        ['8080$PORT'],
      ],
      'what is said in a comment or a docstring is no port': [
        {
          ...flask,
          'app.py':
            '"""\napp.run(port=1111)\n"""\n# app.run(port=2222)\nfrom flask import Flask\napp = Flask("x")\n',
        },
        ['5000'],
      ],
      'a word that is no number leaves the framework’s default': [
        { ...flask, 'app.py': 'app.run(port="wrong value")\n' },
        ['5000'],
      ],
      'an option of argparse is followed to its default': [
        {
          'main.py':
            'import uvicorn\np.add_argument("--port", type=int, default=9001)\nargs = p.parse_args()\nuvicorn.run(app, port=args.port)\n',
        },
        ['9001'],
      ],
      'gunicorn’s configuration says where it binds': [
        { ...flask, 'app.py': 'x = 1\n', 'gunicorn.conf.py': 'bind = "0.0.0.0:8443"\n' },
        ['8443'],
      ],
      'a gRPC server’s address ends in its port': [
        {
          'server.py':
            'import os\nport = os.environ.get("PORT", "50051")\nserver.add_insecure_port("[::]:" + port)\n',
        },
        ['50051$PORT'],
      ],
      'a metrics server beside the main one has its name': [
        {
          ...flask,
          'app.py':
            'from prometheus_client import start_http_server\nstart_http_server(9100)\napp.run(port=8080)\n',
        },
        ['8080', '9100/metrics'],
      ],
      'a tuple of the standard library’s server': [
        {
          'main.py': 'from http.server import HTTPServer\nHTTPServer(("", 8000), Handler).serve_forever()\n',
        },
        ['8000'],
      ],
      'gunicorn in a Procfile listens on 8000, or on PORT': [
        {
          'requirements.txt': 'flask\ngunicorn\n',
          Procfile: 'web: gunicorn server:app\n',
          'server.py': 'from flask import Flask\napp = Flask("x")\n',
        },
        ['8000$PORT'],
      ],
      'names that define each other end in nothing': [
        { 'main.py': 'a = b\nb = a\nimport uvicorn\nuvicorn.run(app, port=a)\n' },
        [],
      ],
    };
    for (const [title, [files, ports]] of Object.entries(cases))
      it(title, () => expect(portsOf(of(files))).to.deep.equal(ports));

    it('the evidence of a port names the line', () => {
      const [port] = of({ ...flask, 'app.py': 'x = 1\n\napp.run(port=8123)\n' }).ports;
      expect(port?.evidence[0]).to.include({ file: 'app.py', line: 3 });
    });
  });

  describe('framework, start and kind', () => {
    const cases: Record<string, [Files, { framework?: string; start?: string; kind?: string }]> = {
      'FastAPI with uvicorn is started by uvicorn': [
        {
          'pyproject.toml': '[project]\nname = "api"\ndependencies = ["fastapi>=0.1", "uvicorn"]\n',
          'app/main.py': 'from fastapi import FastAPI\nservice = FastAPI()\n',
        },
        {
          framework: 'FastAPI',
          start: 'uvicorn app.main:service --host 0.0.0.0 --port ${PORT:-8000}',
          kind: 'server',
        },
      ],
      'Django is migrated and served by gunicorn': [
        {
          'requirements.txt': 'django\ngunicorn\n',
          'manage.py': '',
          'shop/settings.py': 'WSGI_APPLICATION = "shop.wsgi.application"\n',
        },
        {
          framework: 'Django',
          start: 'python manage.py migrate && gunicorn --bind 0.0.0.0:${PORT:-8000} shop.wsgi:application',
          kind: 'server',
        },
      ],
      'Poetry names its packages as keys': [
        {
          'pyproject.toml': '[tool.poetry.dependencies]\npython = "^3.12"\nStarlette = "*"\n',
          'main.py': 'app = 1\n',
        },
        { framework: 'Starlette', start: 'python main.py', kind: 'server' },
      ],
      'requirements are followed through -r, and a circle ends': [
        {
          'requirements.txt': '-r base.txt\n',
          'base.txt': '-r requirements.txt\nlitestar\n',
          'main.py': 'x = 1\n',
        },
        { framework: 'Litestar', start: 'python main.py', kind: 'server' },
      ],
      'an import stands in for a manifest': [
        { 'server.py': 'import tornado.web\napp.listen(16101)\n' },
        { framework: 'Tornado', start: 'python server.py', kind: 'server' },
      ],
      'Celery alone is a worker': [
        { 'requirements.txt': 'celery[redis]\n', 'app.py': 'from celery import Celery\napp = Celery()\n' },
        { framework: 'Celery', start: 'python app.py', kind: 'worker' },
      ],
      'a console script of a command-line library is a command': [
        {
          'pyproject.toml':
            '[project]\nname = "tool"\ndependencies = ["click"]\n[project.scripts]\ntool = "tool:main"\n',
          'tool.py': 'import click\n',
        },
        { start: 'tool', kind: 'cli' },
      ],
      'the Procfile’s web process outranks everything': [
        { ...flask, Procfile: 'web: python src/main.py\n', 'main.py': 'x = 1\n' },
        { framework: 'Flask', start: 'python src/main.py', kind: 'server' },
      ],
      'a listener whose port only the environment knows is still a server': [
        { 'main.py': 'import os, uvicorn\nuvicorn.run(app, port=int(os.environ["PORT"]))\n' },
        { start: 'python main.py', kind: 'server' },
      ],
    };
    for (const [title, [files, expected]] of Object.entries(cases))
      it(title, () => {
        const { framework, startCommand, kind } = of(files);
        expect({ framework: framework?.value, start: startCommand?.value, kind }).to.deep.equal({
          framework: undefined,
          ...expected,
        });
      });
  });

  describe('health', () => {
    const cases: Record<string, [Files, [string | undefined, string | undefined]]> = {
      'a route is a probe': [
        {
          ...flask,
          'app.py': 'from flask import Flask\napp = Flask("x")\n@app.route("/healthz")\ndef h(): pass\n',
        },
        ['/healthz', '/healthz'],
      ],
      'liveness and readiness are told apart': [
        {
          'main.py':
            'from fastapi import FastAPI\napp = FastAPI()\n@app.get("/livez")\ndef l(): pass\n@app.get("/readyz")\ndef r(): pass\n',
        },
        ['/livez', '/readyz'],
      ],
      'a router’s prefix and that of its mount stand before the path': [
        {
          'routes/health.py':
            'from fastapi import APIRouter\nrouter = APIRouter(prefix="/ops")\n@router.get("/health")\ndef h(): pass\n',
          'main.py':
            'from fastapi import FastAPI\nfrom routes import health\napp = FastAPI()\napp.include_router(health.router, prefix="/api")\n',
        },
        ['/api/ops/health', '/api/ops/health'],
      ],
      'a mount whose prefix is computed proves nothing': [
        {
          'routes/health.py':
            'from fastapi import APIRouter\nrouter = APIRouter()\n@router.get("/health")\ndef h(): pass\n',
          'main.py':
            'from fastapi import FastAPI\nfrom routes import health\napp = FastAPI()\napp.include_router(health.router, prefix=settings.base)\n',
        },
        [undefined, undefined],
      ],
      'Django’s tables are followed through include': [
        {
          'requirements.txt': 'django\n',
          'manage.py': '',
          'shop/settings.py': 'ROOT_URLCONF = "shop.urls"\n',
          'shop/urls.py': 'urlpatterns = [path("ops/", include("ops.urls"))]\n',
          'ops/urls.py': 'urlpatterns = [re_path(r"^healthz/?$", view)]\n',
        },
        ['/ops/healthz', '/ops/healthz'],
      ],
      'a POST route is no probe': [
        {
          ...flask,
          'app.py':
            'from flask import Flask\napp = Flask("x")\n@app.route("/health", methods=["POST"])\ndef h(): pass\n',
        },
        [undefined, undefined],
      ],
      'the gRPC health service is a gRPC probe': [
        {
          'server.py':
            'health_pb2_grpc.add_HealthServicer_to_server(h, server)\nserver.add_insecure_port("[::]:8080")\n',
        },
        ['grpc', 'grpc'],
      ],
      'no route, no probe': [{ ...flask, 'app.py': 'app.run(port=1234)\n' }, [undefined, undefined]],
    };
    for (const [title, [files, probes]] of Object.entries(cases))
      it(title, () => expect(probesOf(of(files))).to.deep.equal(probes));
  });

  it('variables are required where nothing stands in, and secret by their name', () => {
    const component = of({
      'main.py':
        'import os\nfrom pydantic_settings import BaseSettings\n' +
        'a = os.environ["DATABASE_URL"]\nb = os.getenv("LEVEL", "info")\nif os.getenv("TRACING"): pass\nos.environ["SET_HERE"] = "1"\n' +
        'class Settings(BaseSettings):\n    api_key: str\n    pool_size: int = 5\n\nx = 1\n',
    });
    expect(envOf(component)).to.deep.equal(['API_KEY!*', 'DATABASE_URL!*', 'LEVEL', 'POOL_SIZE', 'TRACING']);
  });

  it('name, version, language version and dependencies come from the manifest', () => {
    const component = of({
      'pyproject.toml':
        '[project]\nname = "shop"\nversion = "1.2.3"\nrequires-python = ">=3.12"\ndependencies = [\n  "psycopg[binary]",\n  "redis",\n]\n',
      'main.py': 'x = 1\n',
    });
    expect(component.version?.value).to.equal('1.2.3');
    expect(component.languageVersion?.value).to.equal('>=3.12');
    expect(component.dependencies.map(({ name, evidence }) => `${name}:${evidence[0]?.line}`)).to.deep.equal([
      'postgresql:6',
      'redis:7',
    ]);
  });

  it('a component without Python is none of its business', () => {
    expect(
      pythonAnalyser.analyse({
        tree: { root: '/', files: [], skipped: [], has: () => false, read: () => undefined },
        dir: '.',
        files: [],
      }),
    ).to.deep.equal({});
  });
});
