// Go frameworks, most specific first: the module paths that recognise them, and what they do when nothing says otherwise.
import type { Framework } from './framework.ts';

/** `packages` are module paths; `x*` covers major versions. net/http is no framework. */
export const goFrameworks: readonly Framework[] = [
  {
    name: 'Hugo',
    files: ['hugo.toml', 'hugo.yaml', 'hugo.json'],
    packages: ['github.com/gohugoio/hugo*'],
    kind: 'static',
  },
  {
    name: 'Buffalo',
    packages: ['github.com/gobuffalo/buffalo*'],
    kind: 'server',
    port: 3000,
    portEnv: 'PORT',
  },
  {
    name: 'Beego',
    packages: ['github.com/beego/beego*', 'github.com/astaxie/beego*'],
    kind: 'server',
    port: 8080,
  },
  { name: 'Kratos', packages: ['github.com/go-kratos/kratos*'], kind: 'server' },
  {
    name: 'go-zero',
    packages: ['github.com/zeromicro/go-zero*', 'github.com/tal-tech/go-zero*'],
    kind: 'server',
  },
  { name: 'GoFrame', packages: ['github.com/gogf/gf*'], kind: 'server' },
  { name: 'Revel', packages: ['github.com/revel/revel*'], kind: 'server', port: 9000 },
  { name: 'Encore', packages: ['encore.dev*'], kind: 'server', port: 8080 },
  { name: 'Go Micro', packages: ['go-micro.dev*', 'github.com/micro/go-micro*'], kind: 'server' },
  { name: 'Go kit', packages: ['github.com/go-kit/kit*'], kind: 'server' },
  { name: 'Hertz', packages: ['github.com/cloudwego/hertz*'], kind: 'server', port: 8888 },
  { name: 'Huma', packages: ['github.com/danielgtaylor/huma*'], kind: 'server' },
  { name: 'Gin', packages: ['github.com/gin-gonic/gin*'], kind: 'server', port: 8080, portEnv: 'PORT' },
  { name: 'Echo', packages: ['github.com/labstack/echo*'], kind: 'server' },
  { name: 'GoFiber', packages: ['github.com/gofiber/fiber*'], kind: 'server' },
  { name: 'Iris', packages: ['github.com/kataras/iris*'], kind: 'server', port: 8080 },
  { name: 'PocketBase', packages: ['github.com/pocketbase/pocketbase*'], kind: 'server', port: 8090 },
  {
    name: 'Martini',
    packages: ['github.com/go-martini/martini*'],
    kind: 'server',
    port: 3000,
    portEnv: 'PORT',
  },
  { name: 'FastHttp', packages: ['github.com/valyala/fasthttp*'] },
  { name: 'Chi', packages: ['github.com/go-chi/chi*'] },
  { name: 'Mux', packages: ['github.com/gorilla/mux*'] },
  { name: 'HttpRouter', packages: ['github.com/julienschmidt/httprouter*'] },
  { name: 'Connect', packages: ['connectrpc.com/connect*', 'github.com/bufbuild/connect-go*'] },
  { name: 'Asynq', packages: ['github.com/hibiken/asynq*'], kind: 'worker' },
  { name: 'River', packages: ['github.com/riverqueue/river*'], kind: 'worker' },
  { name: 'Machinery', packages: ['github.com/RichardKnop/machinery*'], kind: 'worker' },
];

/** Libraries of command lines: a program that uses one and never listens is a command. */
export const goCliPackages: readonly string[] = [
  'github.com/spf13/cobra*',
  'github.com/urfave/cli*',
  'github.com/alecthomas/kong*',
  'github.com/charmbracelet/bubbletea*',
  'gopkg.in/alecthomas/kingpin*',
  'github.com/alecthomas/kingpin*',
  'github.com/jessevdk/go-flags*',
];
