// Errors of reading an application and its settings, and of writing what is generated from it.
import type { ErrorEntry } from './error-entry.ts';

export const applicationErrors = {
  PathMissing: {
    kind: 'usage',
    when: 'the path does not exist',
    remedy: 'give the folder of the application',
  },
  PathNotFolder: {
    kind: 'usage',
    when: 'the path is a file',
    remedy: 'give the folder that the file is in',
  },
  NoApplication: {
    kind: 'invalid',
    when: 'nothing in the folder looks like an application',
    remedy: 'point at the folder with its Dockerfile, compose file or package manifest',
  },
  NothingToDeploy: {
    kind: 'refused',
    when: 'the application is a command-line program',
    remedy: 'if it serves, say so: app: {type: api} in .dorgu.yaml',
  },
  DockerfileInvalid: {
    kind: 'invalid',
    when: 'a Dockerfile is not one that a builder would take',
    remedy: 'mend the line that the message names',
  },
  DockerfileMissing: {
    kind: 'invalid',
    when: 'compose or settings name a Dockerfile that is not there',
    remedy: 'name the one that is',
  },
  ComposeSyntax: { kind: 'invalid', when: 'a compose file is not YAML', remedy: 'mend the line' },
  ComposeInvalid: {
    kind: 'invalid',
    when: 'a compose file does not follow the compose specification',
    remedy: 'mend the line; docker compose config reads the file in the same way',
  },
  ComposeCycle: {
    kind: 'invalid',
    when: 'services, files or variables of compose lead back to themselves',
    remedy: 'take one link out of the circle that the message shows',
  },
  ComposeFileMissing: {
    kind: 'invalid',
    when: 'a compose file names a file that is not there',
    remedy: 'make the file, or take its name out',
  },
  ComposeTooLarge: {
    kind: 'invalid',
    when: 'a compose file, with its aliases resolved, is larger than any that people write',
    remedy: 'split it, or take out the aliases that multiply',
  },
  PathOutsideApplication: {
    kind: 'invalid',
    when: 'a compose file names a path outside the application',
    remedy: 'run on the folder that holds both; nothing outside it is read',
  },
  SettingsInvalid: {
    kind: 'invalid',
    when: 'a settings file has an unknown key or a value that cannot be',
    remedy: 'mend the line; kubectl dorgu config list --all shows every key',
  },
  SettingsSyntax: { kind: 'invalid', when: 'a settings file is not YAML', remedy: 'mend the line' },
  SettingsUnreadable: {
    kind: 'failed',
    when: 'a settings file cannot be read',
    remedy: 'check its permissions, and that it is a file',
  },
  UnknownKey: {
    kind: 'usage',
    when: 'there is no setting of this name',
    remedy: 'kubectl dorgu config list shows all; the nearest is in the hint',
  },
  BadValue: {
    kind: 'usage',
    when: 'a setting cannot have this value',
    remedy: 'the message says what is expected',
  },
  NotSet: { kind: 'refused', when: 'the setting has no value', remedy: 'kubectl dorgu config set KEY VALUE' },
  NoHome: {
    kind: 'failed',
    when: 'this user has no home folder, so there is no place for settings',
    remedy: 'set HOME or XDG_CONFIG_HOME',
  },
  FileExists: {
    kind: 'conflict',
    when: 'a settings file is there already',
    remedy: '--force overwrites it',
  },
  Drift: {
    kind: 'refused',
    when: '--check found files that generate would write otherwise',
    remedy: 'run generate and commit',
  },
  FilesEdited: {
    kind: 'conflict',
    when: 'files were changed by hand in places where generate has something else',
    remedy: 'say it in settings; --keep-mine keeps the changes, --force drops them',
  },
  ChecksFailed: {
    kind: 'invalid',
    when: 'what was made fails the checks that an API server would make',
    remedy: 'mend the setting that it comes from; if none does, report it',
  },
  RulesBroken: {
    kind: 'invalid',
    when: 'what was made breaks rules of its own persona',
    remedy: 'mend the settings that the message names',
  },
  OutputOutside: {
    kind: 'invalid',
    when: 'a file would be written outside the folder that was named',
    remedy: 'remove the link that leads out',
  },
  OutputNotFolder: {
    kind: 'invalid',
    when: 'a file stands where a folder has to be',
    remedy: 'move it, or choose another --output-dir',
  },
  OutputNotFile: {
    kind: 'invalid',
    when: 'a folder or device stands where a file has to be',
    remedy: 'move it',
  },
  OutputTooLarge: {
    kind: 'invalid',
    when: 'the file on disk in the place of a generated one is too large to compare',
    remedy: 'move it',
  },
  OutputFailed: {
    kind: 'failed',
    when: 'the disk refused a write; nothing was changed',
    remedy: 'look at the cause: space, permissions, a read-only disk',
  },
  NotGenerated: {
    kind: 'invalid',
    when: 'a file is to be explained that generate did not write, or would not write now',
    remedy: 'name a file of the last run, with the flags that it was generated with',
  },
} as const satisfies Record<string, ErrorEntry>;
