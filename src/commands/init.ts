// `init`: writes a settings file with comments, from flags, or from answers where a person can be asked.
import { existsSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { DorguError } from '../api/errors.ts';
import { APP_FILE } from '../settings/locations.ts';
import { parseSettingsFile } from '../settings/settings-file.ts';
import { readFileLayer } from '../settings/layer-values.ts';
import { writeAtomically } from '../settings/write-atomically.ts';
import { escapeText } from '../ui/escape.ts';
import { ask, canAsk } from './ask.ts';
import { BaseCommand } from './base.ts';
import { listAppQuestions, userQuestions } from './init-questions.ts';
import { formatAppFile, formatUserFile } from './init-text.ts';
import { quoteWord } from './shell-word.ts';
import { locateUserFile, USER_FILE_MODE } from './user-file.ts';

export default class Init extends BaseCommand {
  static override id = 'init';
  static override summary = 'Write a settings file with comments: .dorgu.yaml of an application, or yours.';
  static override args = { path: Args.string({ ignoreStdin: true, default: '.' }) };
  static override flags = {
    global: Flags.boolean({ summary: "this user's file instead of an application's" }),
    name: Flags.string({ helpValue: 'NAME', summary: "name of the application; default its folder's" }),
    description: Flags.string({ helpValue: 'TEXT', summary: 'one sentence on what it does' }),
    team: Flags.string({ helpValue: 'TEAM', summary: 'team that answers for it' }),
    owner: Flags.string({ helpValue: 'PERSON', summary: 'person that answers for it' }),
    type: Flags.option({
      options: ['api', 'web', 'worker', 'cron', 'job', 'daemon'] as const,
      helpValue: 'TYPE',
      summary: 'api, web, worker, cron, job or daemon',
    })(),
    tier: Flags.option({
      options: ['critical', 'standard', 'best-effort'] as const,
      helpValue: 'TIER',
      summary: 'critical, standard or best-effort',
    })(),
    registry: Flags.string({ helpValue: 'REGISTRY', summary: 'registry of the images, ghcr.io/acme' }),
    namespace: Flags.string({ char: 'n', helpValue: 'NAME', summary: 'namespace of the application' }),
    org: Flags.string({ helpValue: 'NAME', summary: 'organisation, with --global' }),
    force: Flags.boolean({ summary: 'overwrite a file that is there' }),
    yes: Flags.boolean({ char: 'y', summary: 'ask nothing' }),
  };
  static override examples = [
    { command: 'kubectl dorgu init --yes', description: 'for the application in this folder' },
    {
      command: 'kubectl dorgu init shop --force --team shop --tier critical',
      description: 'anew, with what is known already',
    },
    {
      command: 'kubectl dorgu init --global --registry ghcr.io/acme',
      description: "this user's own settings",
    },
  ];

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Init);
    const directory = resolve(this.invocation.cwd, args.path);
    const { path, shown } = this.locate(flags.global, directory, args.path);
    if (existsSync(path) && !flags.force) throw createExistsError(shown, flags.global);
    const answers = { ...flags, ...(await this.askFor(flags, basename(directory))) };
    const text = flags.global
      ? formatUserFile(answers)
      : formatAppFile({ ...answers, name: answers.name ?? basename(directory) });
    // What was typed is held against the same rules as a file.
    readFileLayer(parseSettingsFile(text, shown, flags.global ? 'global' : 'app'));
    writeAtomically(path, text, flags.global ? USER_FILE_MODE : 0o644);
    this.note(`Written: ${escapeText(shown)}\n`);
    if (!flags.global) this.note(`Next: kubectl dorgu generate ${escapeText(quoteWord(args.path))}\n`);
  }

  /** The file to write, and how it is called to a person. */
  private locate(isGlobal: boolean, directory: string, given: string): { path: string; shown: string } {
    if (isGlobal) {
      const path = locateUserFile(this.invocation);
      return { path, shown: path };
    }
    checkFolder(directory, given);
    const path = join(directory, APP_FILE);
    return { path, shown: relative(this.invocation.cwd, path) };
  }

  /** Asks for what no flag says. */
  private async askFor(flags: { global: boolean; yes: boolean } & Record<string, unknown>, folder: string) {
    if (flags.yes || !canAsk(this.invocation)) return {};
    const questions = flags.global ? userQuestions : listAppQuestions(folder);
    return ask(
      questions.filter(({ key }) => flags[key] === undefined),
      this.invocation,
    );
  }
}

function createExistsError(shown: string, isGlobal: boolean): DorguError {
  return new DorguError('FileExists', `${shown} is there already`, {
    hint: isGlobal
      ? 'kubectl dorgu config set KEY VALUE changes one value; --force overwrites all'
      : 'edit it, or overwrite it with --force',
  });
}

function checkFolder(directory: string, shown: string): void {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true) return;
  throw new DorguError(
    'PathMissing',
    `expected a folder, found ${existsSync(directory) ? 'a file' : 'nothing'}: ${shown}`,
    {
      hint: 'kubectl dorgu init PATH, with the folder of an application',
    },
  );
}
