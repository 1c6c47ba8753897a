// The colours by meaning; sixteen colours, which every terminal theme defines.
import { Chalk } from 'chalk';

/** Each takes text that is already escaped. */
export interface Palette {
  failing(text: string): string;
  warning(text: string): string;
  added(text: string): string;
  removed(text: string): string;
  heading(text: string): string;
}

/** Without colour every function returns its text. */
export function createPalette(isColoured: boolean): Palette {
  const chalk = new Chalk({ level: isColoured ? 1 : 0 });
  return {
    failing: (text) => chalk.red(text),
    warning: (text) => chalk.yellow(text),
    added: (text) => chalk.green(text),
    removed: (text) => chalk.red(text),
    heading: (text) => chalk.bold(text),
  };
}
