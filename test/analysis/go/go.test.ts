import { expect } from 'chai';
import { goAnalyser } from '../../../src/analysis/analysers/go.ts';
import { goRoots } from '../../../src/analysis/discovery/go.ts';
import { componentOf, envOf, portsOf, probesOf, rootsOf, type Files } from '../code/claims-of.ts';
import { checkMutations, timeOf } from '../code/fuzz.ts';

const of = (files: Files) => componentOf(goAnalyser, files);
const main = (body: string, imports = '"net/http"') =>
  `package main\n\nimport (\n\t${imports}\n)\n\nfunc main() {\n${body}\n}\n`;
const module = (...requires: string[]) => ({
  'go.mod': `module github.com/acme/shop/v2\n\ngo 1.24\n\nrequire (\n${requires.map((one) => `\t${one} v1.0.0\n`).join('')})\n`,
});

describe('analysis of Go', () => {
  describe('ports', () => {
    const cases: Record<string, [Files, string[]]> = {
      'an address in ListenAndServe': [{ 'main.go': main('http.ListenAndServe(":8080", nil)') }, ['8080']],
      'the address of a server literal': [
        { 'main.go': main('s := &http.Server{Handler: h, Addr: "127.0.0.1:8000"}\ns.ListenAndServe()') },
        ['8000'],
      ],
      'a variable with a default beside it': [
        {
          'main.go': main(
            'port := os.Getenv("PORT")\nif port == "" {\n\tport = "8090"\n}\nhttp.ListenAndServe(":"+port, nil)',
          ),
        },
        ['8090$PORT'],
      ],
      'a constant overridden by the environment': [
        {
          'main.go': `package main\nconst listenPort = "5050"\nfunc main() {\n\tport := listenPort\n\tif os.Getenv("PORT") != "" {\n\t\tport = os.Getenv("PORT")\n\t}\n\tnet.Listen("tcp", fmt.Sprintf(":%s", port))\n}\n`,
        },
        ['5050$PORT'],
      ],
      'a flag’s default': [
        { 'main.go': main('addr := flag.String("addr", ":9000", "where")\nhttp.ListenAndServe(*addr, nil)') },
        ['9000'],
      ],
      'a configuration field’s tag': [
        {
          'main.go': main('http.ListenAndServe(":"+cfg.Port, nil)'),
          'config/config.go':
            'package config\ntype Config struct {\n\tPort string `env:"PORT" envDefault:"8181"`\n}\n',
        },
        ['8181$PORT'],
      ],
      'a setting that is asked for by its name': [
        {
          'main.go': main(
            'cmd.Flags().Int("http-port", 9898, "where")\nport := viper.GetInt("http-port")\nhttp.ListenAndServe(fmt.Sprintf(":%d", port), nil)',
          ),
        },
        ['9898'],
      ],
      'the base of a number is no port': [
        {
          'main.go': main(
            'n, _ := strconv.ParseUint(os.Getenv("PORT"), 10, 64)\nhttp.ListenAndServe(fmt.Sprintf(":%d", n), nil)',
          ),
        },
        [],
      ],
      'what reads the environment brings no port of its own': [
        {
          'main.go': `${main('http.ListenAndServe(":"+getEnv("SHOP_PORT", "3100"), nil)')}\nfunc getEnv(name, fallback string) string {\n\tfor retries := 5000; retries > 0; retries-- {\n\t}\n\treturn fallback\n}\n`,
        },
        ['3100$SHOP_PORT'],
      ],
      'a setting’s own file before a stranger’s constant': [
        {
          'main.go': main('http.ListenAndServe(settings.Addr, nil)'),
          'aaa/probe.go': 'package aaa\nvar Addr = ":1161"\n',
          'config/config.go': 'package config\nvar Addr = ":7070"\n',
        },
        ['7070'],
      ],
      'Gin says it in Run, through a variable': [
        {
          ...module('github.com/gin-gonic/gin'),
          'main.go': main('host := ":8789"\nr.Run(host)', '"github.com/gin-gonic/gin"'),
        },
        ['8789'],
      ],
      'Gin’s own default stands where nothing is said': [
        { ...module('github.com/gin-gonic/gin'), 'main.go': main('r.Run()', '"github.com/gin-gonic/gin"') },
        ['8080$PORT'],
      ],
      'a literal in the call outranks one in another file': [
        {
          'cmd/main.go': main('app.ListenAndServe(2999)'),
          'server/server.go':
            'package server\ntype S struct {\n\tHost string `envconfig:"HOST" default:"localhost:6060"`\n}\nfunc (s S) Run() { fasthttp.ListenAndServe(s.Host, nil) }\n',
        },
        ['2999'],
      ],
      'a comment is no listener': [
        { 'main.go': main('// http.ListenAndServe(":1", nil)\n/* r.Run(":2") */') },
        [],
      ],
      'exec.Command’s Run is no listener': [{ 'main.go': main('cmd.Run()\nt.Run("8080", f)') }, []],
      'Beego’s configuration file': [
        {
          ...module('github.com/beego/beego/v2'),
          'conf/app.conf': 'appname = x\nhttpport = 1999\n',
          'main.go': main('web.Run()', '"github.com/beego/beego/v2/server/web"'),
        },
        ['1999'],
      ],
    };
    for (const [title, [files, ports]] of Object.entries(cases))
      it(title, () => expect(portsOf(of(files))).to.deep.equal(ports));

    it('the evidence of a port names the line', () => {
      expect(of({ 'main.go': main('http.ListenAndServe(":8080", nil)') }).ports[0]?.evidence[0]).to.include({
        file: 'main.go',
        line: 8,
      });
    });
  });

  describe('health', () => {
    const cases: Record<string, [Files, [string | undefined, string | undefined]]> = {
      'handlers of net/http, with and without a method': [
        { 'main.go': main('mux.HandleFunc("GET /livez", l)\nmux.HandleFunc("/readyz", r)') },
        ['/livez', '/readyz'],
      ],
      'a group’s prefix stands before the path': [
        {
          'main.go': main(
            'r := gin.Default()\nv1 := r.Group("/api")\nops := v1.Group("/ops")\nops.GET("/healthz", h)',
          ),
        },
        ['/api/ops/healthz', '/api/ops/healthz'],
      ],
      'a router that is handed in has a prefix that nobody here knows': [
        {
          'main.go': main(''),
          'routes.go': 'package main\nfunc Register(g *gin.RouterGroup) {\n\tg.GET("/healthz", h)\n}\n',
        },
        [undefined, undefined],
      ],
      'chi’s nested routes': [
        { 'main.go': main('r.Route("/internal", func(r chi.Router) {\n\tr.Get("/health", h)\n})') },
        ['/internal/health', '/internal/health'],
      ],
      'POST is no probe': [{ 'main.go': main('mux.HandleFunc("POST /health", h)') }, [undefined, undefined]],
      'a gRPC health service': [
        { 'main.go': main('healthpb.RegisterHealthServer(srv, health.NewServer())') },
        ['grpc', 'grpc'],
      ],
    };
    for (const [title, [files, probes]] of Object.entries(cases))
      it(title, () => expect(probesOf(of(files))).to.deep.equal(probes));
  });

  it('module, version of Go, framework and dependencies come from go.mod, as far as the program imports them', () => {
    const component = of({
      ...module(
        'github.com/labstack/echo/v4',
        'github.com/lib/pq',
        'github.com/redis/go-redis/v9 // indirect',
      ),
      'main.go': main('e.Start(":1323")', '"github.com/labstack/echo/v4"\n\t_ "github.com/lib/pq"'),
    });
    expect(component.framework?.value).to.equal('Echo');
    expect(component.languageVersion?.value).to.equal('1.24');
    expect(component.dependencies.map(({ name }) => name)).to.deep.equal(['postgresql']);
    expect(portsOf(component)).to.deep.equal(['1323']);
  });

  const kinds: Record<string, [Files, string]> = {
    'a program that listens is a server': [{ 'main.go': main('http.ListenAndServe(":1", nil)') }, 'server'],
    'a port that only the environment knows makes a server too': [
      { 'main.go': main('http.ListenAndServe(":"+os.Getenv("PORT"), nil)') },
      'server',
    ],
    'cobra without a listener is a command': [
      { 'main.go': main('cmd.Execute()', '"github.com/spf13/cobra"') },
      'cli',
    ],
    'anything else that runs is a worker': [{ 'main.go': main('work()', '"time"') }, 'worker'],
  };
  for (const [title, [files, kind]] of Object.entries(kinds))
    it(title, () => expect(of(files).kind).to.equal(kind));

  it('variables are required where nothing stands in, and secret by their name', () => {
    const component = of({
      'main.go': main(
        'a := os.Getenv("API_TOKEN")\nb := getEnv("LEVEL", "info")\nif os.Getenv("TRACE") == "1" {}\nmustMapEnv(&svc.addr, "CART_ADDR")\nv, ok := os.LookupEnv("REGION")',
      ),
    });
    expect(envOf(component)).to.deep.equal(['API_TOKEN!*', 'CART_ADDR!', 'LEVEL', 'REGION', 'TRACE']);
  });

  it('the ports of a module’s other programs are not this one’s', () => {
    const files = {
      ...module(),
      'cmd/api/main.go': main('http.ListenAndServe(":8080", nil)'),
      'cmd/admin/main.go': main('http.ListenAndServe(":9090", nil)'),
    };
    const scope = {
      tree: {
        root: '/',
        files: Object.keys(files).sort(),
        skipped: [],
        has: (path: string) => path in files,
        read: (path: string) => (files as Files)[path],
      },
      dir: 'cmd/api',
      files: Object.keys(files).sort(),
    };
    expect(goAnalyser.analyse(scope).ports?.map(({ value }) => value)).to.deep.equal([8080]);
  });

  describe('roots', () => {
    const cases: Record<string, [Files, string[]]> = {
      'one program is its module': [{ ...module(), 'cmd/server/main.go': main('') }, ['.']],
      'several programs in cmd are one root each': [
        { ...module(), 'cmd/api/main.go': main(''), 'cmd/worker/main.go': main('') },
        ['cmd/api', 'cmd/worker'],
      ],
      'tools beside the program are none': [
        { ...module(), 'cmd/api/main.go': main(''), 'hack/gen/main.go': main('') },
        ['.'],
      ],
      'a workspace’s modules stand for themselves, a library is none': [
        {
          'go.work': 'go 1.24\n',
          'api/go.mod': 'module a\n',
          'api/main.go': main(''),
          'shared/go.mod': 'module s\n',
          'shared/s.go': 'package shared\n',
        },
        ['api'],
      ],
      'a program without a module is its folder, less src and cmd': [
        { 'news/src/main/main.go': main('') },
        ['news'],
      ],
      'a Hugo site is known by its configuration and content': [
        { 'config.toml': 'baseURL = "https://example.com"\n', 'content/a.md': '' },
        ['.'],
      ],
      'a library is none': [{ ...module(), 'shop.go': 'package shop\n' }, []],
      'a library is none with examples, which are modules of their own or not': [
        {
          ...module(),
          'shop.go': 'package shop\n',
          '_examples/hello/main.go': main(''),
          'examples/web/main.go': main(''),
          'benchmark/run/main.go': main(''),
        },
        [],
      ],
    };
    for (const [title, [files, dirs]] of Object.entries(cases))
      it(title, () => expect(rootsOf(goRoots, files)).to.deep.equal(dirs));
  });

  it('mutated modules and sources give claims with evidence, and no exception', () => {
    checkMutations(goAnalyser, goRoots, {
      ...module('github.com/gin-gonic/gin', 'github.com/lib/pq'),
      'conf/app.conf': 'httpport = 1999\n',
      'main.go': main(
        'port := getEnv("PORT", "8080")\nr := gin.Default()\ng := r.Group("/api")\ng.GET("/healthz", h)\nr.Run(":" + port)\nhealthpb.RegisterHealthServer(a, b)',
        '"github.com/gin-gonic/gin"',
      ),
    });
  });

  it('time grows with the length of the text, not with its square', function () {
    this.timeout(20_000);
    const others = { 'main.go': main('') };
    for (const line of [
      'http.ListenAndServe(a, nil)\na = b\nb = a\n',
      'r.Route("/a", func(r chi.Router) {\n',
      'x := os.Getenv("A")\n',
      'import (',
      '`env:"A" ',
    ]) {
      expect(timeOf(goAnalyser, 'b.go', line, 400_000, others), JSON.stringify(line)).to.be.below(3000);
    }
  });
});
