// The analysers and root finders there are. A new language is an entry of languages/all.ts, or a line in each list.
import type { Analyser } from './analyser.ts';
import { composeAnalyser } from './analysers/compose.ts';
import { dockerfileAnalyser } from './analysers/dockerfile.ts';
import { goAnalyser } from './analysers/go.ts';
import { javaAnalyser } from './analysers/java.ts';
import { javascriptAnalyser } from './analysers/javascript.ts';
import { platformAnalyser } from './analysers/platform.ts';
import { pythonAnalyser } from './analysers/python.ts';
import { staticSiteAnalyser } from './analysers/static-site.ts';
import { goRoots } from './discovery/go.ts';
import { javaRoots } from './discovery/java.ts';
import { createLanguageRoots } from './discovery/language.ts';
import { javascriptRoots } from './discovery/javascript.ts';
import { pythonRoots } from './discovery/python.ts';
import type { RootFinder } from './discovery/root.ts';
import { staticSiteRoots } from './discovery/static-site.ts';
import { languages } from './languages/all.ts';
import { createLanguageAnalyser } from './languages/analyser.ts';

import { shell } from './languages/shell.ts';

/** In order of precedence where two are believed alike: what runs the server before what builds its pages. */
export const analysers: readonly Analyser[] = [
  composeAnalyser,
  dockerfileAnalyser,
  platformAnalyser,
  goAnalyser,
  javaAnalyser,
  pythonAnalyser,
  ...languages.map(createLanguageAnalyser),
  javascriptAnalyser,
  staticSiteAnalyser,
  createLanguageAnalyser(shell),
];

/** In the same order. */
export const rootFinders: readonly RootFinder[] = [
  goRoots,
  javaRoots,
  pythonRoots,
  ...languages.map(createLanguageRoots),
  javascriptRoots,
  staticSiteRoots,
];
