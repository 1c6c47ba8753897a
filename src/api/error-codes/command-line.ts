// Errors of the command line itself.
import type { ErrorEntry } from './error-entry.ts';

export const commandLineErrors = {
  UnknownCommand: {
    kind: 'usage',
    when: 'no command has this name',
    remedy: 'kubectl dorgu help lists the commands; the nearest name is in the hint',
  },
  UnknownFlag: {
    kind: 'usage',
    when: 'the command has no such flag',
    remedy: 'add -h to the command to see its flags',
  },
  BadFlag: { kind: 'usage', when: 'a word begins like a flag and is none', remedy: 'put it after --' },
  FlagNeedsValue: {
    kind: 'usage',
    when: 'a flag stands last and wants a value',
    remedy: 'give the value after it, or after =',
  },
  BadFlagValue: {
    kind: 'usage',
    when: 'a flag has a value that it cannot have, or flags contradict each other',
    remedy: 'the message says what is expected',
  },
  SelectorInvalid: {
    kind: 'usage',
    when: 'a label selector cannot be read',
    remedy: "-l takes a=b, a!=b, 'a in (b,c)', 'a notin (b,c)', a and '!a', joined by commas",
  },
  UnexpectedArgument: {
    kind: 'usage',
    when: 'more arguments than the command takes',
    remedy: 'quote a path with spaces; put values of flags after =',
  },
  MissingArgument: {
    kind: 'usage',
    when: 'an argument that the command needs is missing',
    remedy: 'the hint shows the command with it',
  },
  BadArgument: {
    kind: 'usage',
    when: 'an argument cannot be what it is meant to be, such as a name with capitals',
    remedy: 'the message says what is expected',
  },
  BadArguments: {
    kind: 'usage',
    when: 'arguments do not go together',
    remedy: 'the message says which, and what to leave out',
  },
  BadTemplate: {
    kind: 'usage',
    when: 'a JSONPath template cannot be read',
    remedy: 'the message shows the place; kubectl reads the same language',
  },
  TemplateFailed: {
    kind: 'invalid',
    when: 'a JSONPath template does not fit the object, such as an index into a text',
    remedy: 'print the object with -o yaml and look',
  },
  Cancelled: { kind: 'refused', when: 'the answer to a question was no', remedy: '--yes does not ask' },
  DiffFailed: {
    kind: 'failed',
    when: 'the program of KUBECTL_EXTERNAL_DIFF cannot be started, or fails',
    remedy: 'unset the variable to see the difference without it',
  },
} as const satisfies Record<string, ErrorEntry>;
