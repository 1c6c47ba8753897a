// Tells Dockerfiles by their names, and what the rest of the name says: another component, or a variant of the same.
import { posix } from 'node:path';

/** `Dockerfile`, `Dockerfile.api`, `api.Dockerfile`, `Containerfile`: what is beside the word, lower case; '' where nothing is. */
export interface DockerfileName {
  suffix: string;
}

const NOT_ONE =
  /\.(?:dockerignore|md|txt|j2|jinja2?|tmpl|tpl|template|erb|in|bak|orig|swp|sh|py|js|ts|json|ya?ml|html|rst|go|cs|rs|java|kt|rb|php|c|cpp|h|hpp|cc|swift|scala|clj|exs?|erl|hs|lua|pl|rs|dart|tsx|jsx|mjs|cjs|mts|vue|css|scss|toml|xml|ini|cfg|conf|snap|lock|sample|diff|patch|log|svg|png|zip|gz)$/i;
const VARIANTS =
  /^(?:(?:prod|production|prd|release|live)|dev|devel|develop|development|local|debug|test|tests|testing|e2e|integration|lint|ci|build|builder|base|stage|staging|qa|preview|bench|benchmark|docs?|old|new|legacy|slim|alpine|debian|deb|rpm|ubuntu|windows|nanoserver|linux|arm|arm64|armv7|amd64|aarch64|x86_64|s390x|ppc64le|gpu|cuda|cpu|fips|distroless|multi|multistage|multi-stage|hot|watch|native|jvm|legacy-jar|native-micro|codespaces|gitpod|devcontainer|heroku|fly|railway|render|simple|rootless|buildkit|buildx|cross|goreleaser|release-please|\d[\w.-]*)$/;
const PRODUCTION = /^(?:prod|production|prd|release|live)$/;
const ROLES =
  /(?:^|[-_.])(?:web|api|app|server|service|worker|workers|frontend|front|backend|back|client|ui|admin|dashboard|scheduler|cron|beat|celery|consumer|producer|gateway|proxy|nginx|bot|job|jobs|queue|sidekiq|migrate|migrations?|auth)(?:$|[-_.])/;

/** Reads a file's name; undefined where it is no Dockerfile, or a template of one. */
export function parseDockerfileName(path: string): DockerfileName | undefined {
  const name = posix.basename(path);
  if (NOT_ONE.test(name) || name.length > 255) return undefined;
  const found =
    /^(?:dockerfile|containerfile)(?:[._-](.+))?$/i.exec(name) ??
    /^(.+)[._-](?:dockerfile|containerfile)$/i.exec(name);
  return found ? { suffix: (found[1] ?? '').toLowerCase() } : undefined;
}

/** Whether the suffix names a way of building the same application (dev, alpine, arm64), not another one. */
export function isVariant(suffix: string): boolean {
  return VARIANTS.test(suffix) || suffix.split(/[-_.]/).some((part) => VARIANTS.test(part));
}

/** Whether the suffix names a part of an application by what it does: worker, api, frontend. */
export function isRole(suffix: string): boolean {
  return ROLES.test(suffix);
}

/** How likely a Dockerfile is the production one among those of one folder: higher is likelier. */
export function rankName(suffix: string): number {
  if (PRODUCTION.test(suffix)) return 3;
  if (suffix === '') return 2;
  return isVariant(suffix) ? 0 : 1;
}

/** Folders that hold how something is packaged, not what is packaged. */
export function isPackagingFolder(name: string): boolean {
  return /^(?:\.?docker|dockerfiles?|docker-files|packaging|package|build|builds|deploy|\.deploy|deployment|deployments|containers?|containerfiles?|images?|infra|infrastructure|ops|devops|etc|config|compose|production|prod)$/i.test(
    name,
  );
}

/** Folders whose Dockerfiles serve development, tests or documentation. */
export function isSideFolder(name: string): boolean {
  return /^(?:\.devcontainer|\.github|\.gitlab|\.circleci|\.gitpod|ci|\.ci|tests?|__tests__|testdata|testfiles.*|vendor|third[-_]party|fixtures?|e2e|integration-tests?|spec|docs?|benchmarks?|bench|hack|tools?|scripts?|dev|development|local)$/i.test(
    name,
  );
}
