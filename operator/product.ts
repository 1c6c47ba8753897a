// What this program is called and which version it is: package.json says so.
import manifest from '../package.json' with { type: 'json' };

/** As the API server's audit log, Events and --version name it. */
export const product = { name: 'dorgu-operator', version: manifest.version } as const;
