// The languages that are described as data. A new one is a file beside this and a line here.
import { elixir, gleam } from './beam.ts';
import { cobol, crystal, dart, haskell, swift } from './compiled.ts';
import { deno } from './deno.ts';
import { dotnet } from './dotnet.ts';
import { clojure, scala } from './jvm.ts';
import type { Language } from './language.ts';
import { php } from './php.ts';
import { ruby } from './ruby.ts';
import { rust } from './rust.ts';

/** In order of precedence where two describe one folder. */
export const languages: readonly Language[] = [
  dotnet,
  elixir,
  gleam,
  clojure,
  scala,
  ruby,
  php,
  rust,
  swift,
  haskell,
  crystal,
  dart,
  deno,
  cobol,
];
