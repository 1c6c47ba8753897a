// The analysers and root finders there are. A new language is one line in each list.
import type { Analyser } from './analyser.ts';
import { composeAnalyser } from './analysers/compose.ts';
import { dockerfileAnalyser } from './analysers/dockerfile.ts';
import { goAnalyser } from './analysers/go.ts';
import { javaAnalyser } from './analysers/java.ts';
import { javascriptAnalyser } from './analysers/javascript.ts';
import { pythonAnalyser } from './analysers/python.ts';
import { staticSiteAnalyser } from './analysers/static-site.ts';
import { goRoots } from './discovery/go.ts';
import { javaRoots } from './discovery/java.ts';
import { javascriptRoots } from './discovery/javascript.ts';
import { pythonRoots } from './discovery/python.ts';
import type { RootFinder } from './discovery/root.ts';
import { staticSiteRoots } from './discovery/static-site.ts';

/** In order of precedence where two are believed alike: what runs the server before what builds its pages. */
export const analysers: readonly Analyser[] = [
  composeAnalyser,
  dockerfileAnalyser,
  goAnalyser,
  javaAnalyser,
  pythonAnalyser,
  javascriptAnalyser,
  staticSiteAnalyser,
];

/** In the same order. */
export const rootFinders: readonly RootFinder[] = [
  goRoots,
  javaRoots,
  pythonRoots,
  javascriptRoots,
  staticSiteRoots,
];
