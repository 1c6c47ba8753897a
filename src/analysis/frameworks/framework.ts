// What there is to know about a framework, as data: how it is recognised, and what it does when nothing says otherwise.
import type { ComponentKind } from '../../application/component.ts';

/** One framework. Lists are ordered most specific first: Next.js before React, Spring Boot before the servlet API. */
export interface Framework {
  /** As its makers spell it: `Next.js`, `FastAPI`, `Spring Boot`. */
  readonly name: string;
  /** Any of these among the manifest's direct dependencies (npm name, PyPI name, Go module path, Maven `group:artifact`); `x*` matches a prefix. */
  readonly packages?: readonly string[];
  /** Any of these files in the component's folder (`next.config.js`, `manage.py`); a trailing `*` matches a prefix. */
  readonly files?: readonly string[];
  /** What a component that uses it is, unless something firmer says otherwise. */
  readonly kind?: ComponentKind;
  /** The port it listens on when nothing says otherwise. Absent where it has none of its own. */
  readonly port?: number;
  /** The variable that moves the port without a line of the application's source (`PORT` for Next.js). */
  readonly portEnv?: string;
  /** The start command when nothing says otherwise. */
  readonly start?: string;
  /** Paths that the framework itself serves once `packages` holds `requires` (Spring Boot's actuator). */
  readonly health?: { readonly liveness: string; readonly readiness: string; readonly requires?: string };
}
