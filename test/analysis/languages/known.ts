// What tests of languages say of a component, and the manifests they begin with.
/** What is known of a component, in the words of the table below. */
export interface Known {
  language?: string;
  framework?: string;
  kind?: string;
  ports?: string[];
  start?: string;
  probes?: [string | undefined, string | undefined];
  env?: string[];
  dependencies?: string[];
  version?: string;
}

/** A manifest of this kind. */
export const gemfile = (...gems: string[]) =>
  `source "https://rubygems.org"\nruby "3.4.1"\n${gems.map((gem) => `gem "${gem}"\n`).join('')}`;
/** A manifest of this kind. */
export const cargo = (name: string, ...crates: string[]) =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\n\n[dependencies]\n${crates.map((one) => `${one} = "1"\n`).join('')}\n[dev-dependencies]\nrocket = "1"\n`;
/** A manifest of this kind. */
export const composer = (...packages: string[]) =>
  JSON.stringify(
    { require: { php: '^8.3', ...Object.fromEntries(packages.map((one) => [one, '*'])) } },
    null,
    2,
  );
/** A manifest of this kind. */
export const project = (sdk: string, framework: string, inner = '') =>
  `<Project Sdk="${sdk}">\n  <PropertyGroup>\n    <TargetFramework>${framework}</TargetFramework>\n${inner}  </PropertyGroup>\n</Project>\n`;
/** A manifest of this kind. */
export const mix = (...packages: string[]) =>
  `defmodule Shop.MixProject do\n  def project do\n    [app: :shop, elixir: "~> 1.17", deps: deps()]\n  end\n  def application do\n    [\n      mod: {Shop.Application, []}\n    ]\n  end\n  defp deps do\n    [${packages.map((one) => `{:${one}, "~> 1.0"}`).join(', ')}]\n  end\nend\n`;
