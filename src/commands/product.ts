// What this program is called and which version it is: package.json is the one place that says so.
import manifest from '../../package.json' with { type: 'json' };

/** Name, version (`0.1.0`) and home page of the plugin. `command` is what a person types. */
export const product = {
  name: manifest.name,
  version: manifest.version,
  homepage: manifest.homepage,
  command: 'kubectl dorgu',
} as const;
