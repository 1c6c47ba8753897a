// A language as data: how its programs are recognised, what they are built of, where they listen, and how they are started.
import type { ComponentKind } from '../../application/component.ts';
import type { Evidence } from '../../application/fact.ts';
import type { CodeSelection } from '../code/code-file.ts';
import type { ClientPackages } from '../code/recognise.ts';
import type { Framework } from '../frameworks/framework.ts';
import type { Project } from './project.ts';

/** A package that a manifest names, and where in its text. */
export interface NamedPackage {
  readonly name: string;
  readonly offset: number;
}

/** A statement that opens a port. */
export interface Opening {
  /** Global; group `value` is the expression that holds the port or address. */
  readonly pattern: RegExp;
  /** What a person calls it: `HttpServer::bind`. */
  readonly label: string;
}

/** A settings file that says the port. */
export interface PortSetting {
  /** Path below the component's folder. */
  readonly file: RegExp;
  /** Groups `port`, and `variable` where one overrules it. */
  readonly pattern: RegExp;
}

/** How a program is started, and the line that says so. */
export interface StartCommand {
  readonly command: string;
  readonly evidence: Evidence;
}

/** One language. Every pattern is bounded and linear in the text. */
export interface Language {
  /** Kebab-case: the analyser's name. */
  readonly name: string;
  /** The language as facts spell it, where projects of one ecosystem differ in it; default `name`. */
  readonly languageOf?: (project: Project) => string;
  readonly selection: CodeSelection;
  /** Base names of the files that describe a project. */
  readonly manifests?: RegExp;
  /** The packages that a manifest names. */
  readonly packages?: (text: string, file: string) => NamedPackage[];
  /** Base names of files by which a folder without a manifest is a program of this language, most telling first. */
  readonly mains?: readonly string[];
  /** Why a project is something that runs; undefined for libraries and boxes of tools. */
  readonly runs: (project: Project) => Evidence | undefined;
  readonly frameworks?: readonly Framework[];
  /** The framework where the manifest itself names it, by other means than a package. */
  readonly frameworkOf?: (project: Project) => { value: string; evidence: Evidence } | undefined;
  readonly clients?: readonly ClientPackages[];
  readonly opens?: readonly Opening[];
  /** Where settings files say the port. */
  readonly portSettings?: readonly PortSetting[];
  /** The port when nothing says otherwise, where it is the language's and not a framework's. */
  readonly portOf?: (
    project: Project,
  ) => { value: number; variable?: string; evidence: Evidence } | undefined;
  /** Group `path`: routes that answer GET. */
  readonly routes?: readonly RegExp[];
  /** Group `name` is a variable that is read; group `fallback` is there where something stands in for it. */
  readonly reads?: readonly RegExp[];
  /** What a project without a framework is; default decided from its ports. */
  readonly kindOf?: (project: Project) => { value: ComponentKind; evidence: Evidence } | undefined;
  readonly start: (project: Project) => StartCommand | undefined;
  /** Files beside the manifest, and the first group of what they say about the language's version. */
  readonly versions?: readonly { readonly file: string; readonly pattern: RegExp }[];
}
