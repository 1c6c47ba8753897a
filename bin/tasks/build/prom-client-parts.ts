// How the bundle takes prom-client: without what pushes, what joins processes, and the tracing that nobody switches on.
import type { Plugin } from 'esbuild';

const namespace = 'prom-client-parts';

/** Of its index, what leads to clients for HTTP, node:cluster and digests; the operator is one process that is scraped. */
const unused = /^\.\/lib\/(?:pushgateway|cluster|summary)$/;

/** What it answers where no SDK of OpenTelemetry is registered, as in the bundle: nothing is traced. */
const noTracing = `exports.trace = { getSpan() {} };
exports.context = { active() {} };
exports.isSpanContextValid = () => false;`;

/** Makes the bundle a tenth of its size smaller. Using a Summary fails at once: it is no constructor. */
export const promClientParts: Plugin = {
  name: 'prom-client-parts',
  setup(build) {
    build.onResolve({ filter: unused }, ({ path, importer }) =>
      /[\\/]prom-client[\\/]index\.js$/.test(importer) ? { path, namespace } : undefined,
    );
    build.onResolve({ filter: /^@opentelemetry\/api$/ }, ({ path }) => ({ path, namespace }));
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: path.startsWith('@') ? noTracing : '',
      loader: 'js',
    }));
  },
};
