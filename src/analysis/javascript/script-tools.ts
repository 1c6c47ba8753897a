// The programs that package.json scripts run, as data: whether they serve in production or only for development, and where.

/** A program that listens when a script runs it. */
export interface ScriptTool {
  /** Matched against one command of a script, environment prefixes gone: `next start`. */
  readonly command: RegExp;
  readonly mode: 'production' | 'development';
  /** Its port when no flag or variable says otherwise. */
  readonly port: number;
  /** The variable that moves it. */
  readonly env?: string;
}

const tool = (command: string, mode: ScriptTool['mode'], port: number, env?: string): ScriptTool => ({
  command: new RegExp(
    `^(?:npx |pnpm exec |pnpm dlx |yarn |bunx |bun run |bun |dotenv -- |cross-env )?${command}(?=\\s|$)`,
  ),
  mode,
  port,
  ...(env !== undefined && { env }),
});

/** Most specific first. */
export const scriptTools: readonly ScriptTool[] = [
  tool('next start', 'production', 3000, 'PORT'),
  tool('next(?: dev)?', 'development', 3000, 'PORT'),
  tool('nuxi? (?:start|preview)', 'production', 3000, 'PORT'),
  tool('nuxi?(?: dev)?', 'development', 3000, 'PORT'),
  tool('(?:remix-serve|react-router-serve|srvx)', 'production', 3000, 'PORT'),
  tool('(?:remix|react-router)(?: \\w+:dev| dev)', 'development', 5173, 'PORT'),
  tool('fastify start', 'production', 3000, 'FASTIFY_PORT'),
  tool('strapi start', 'production', 1337, 'PORT'),
  tool('medusa start', 'production', 9000, 'PORT'),
  tool('directus start', 'production', 8055, 'PORT'),
  tool('mastra start', 'production', 4111, 'PORT'),
  tool('keystone start', 'production', 3000, 'PORT'),
  tool('json-server', 'production', 3000),
  tool('serve', 'production', 3000, 'PORT'),
  tool('sirv', 'production', 8080, 'PORT'),
  tool('http-server', 'production', 8080, 'PORT'),
  tool('live-server', 'development', 8080, 'PORT'),
  tool('vite preview', 'production', 4173),
  tool('vite(?: dev| serve)?(?! build)', 'development', 5173),
  tool('astro preview', 'production', 4321),
  tool('astro (?:dev|start)', 'development', 4321),
  tool('react-scripts start', 'development', 3000, 'PORT'),
  tool('(?:react-app-rewired|craco) start', 'development', 3000, 'PORT'),
  tool('vue-cli-service serve', 'development', 8080, 'PORT'),
  tool('ng serve', 'development', 4200),
  tool('ember (?:serve|server|s)', 'development', 4200, 'PORT'),
  tool('(?:webpack-dev-server|webpack serve)', 'development', 8080, 'PORT'),
  tool('gatsby serve', 'production', 9000),
  tool('gatsby develop', 'development', 8000),
  tool('docusaurus serve', 'production', 3000),
  tool('docusaurus start', 'development', 3000),
  tool('(?:vitepress|vuepress) (?:dev|preview|serve)', 'development', 5173),
  tool('hexo (?:server|s)', 'development', 4000),
  tool('eleventy .*--serve', 'development', 8080),
  tool('parcel(?! build)', 'development', 1234, 'PORT'),
  tool('sanity (?:start|dev)', 'development', 3333),
  tool('stencil build .*--serve', 'development', 3333),
  tool('gridsome develop', 'development', 8080),
  tool('preact watch', 'development', 8080, 'PORT'),
  tool('sapper dev', 'development', 3000, 'PORT'),
  tool('wrangler(?: pages)? dev', 'development', 8787),
  tool('rsbuild dev', 'development', 3000),
];
