// -o of commands that print objects of the API: kubectl's formats, its JSONPath templates among them.
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import * as Flags from '@oclif/core/flags';
import { DorguError } from '../../api/errors.ts';
import { createTemplate, type Template } from '../../ui/jsonpath/jsonpath.ts';
import { createBadValueError, createUsageError } from '../usage-error.ts';

/** What -o asks for. `people` is the command's own screen or table; a template prints what it finds. */
export type ObjectFormat =
  | { kind: 'people'; isWide: boolean }
  | { kind: 'json' | 'yaml' }
  | { kind: 'name' }
  /** `isEscaped`: a terminal shows the answer, which must not obey it. */
  | { kind: 'template'; template: Template; isJson: boolean; isEscaped: boolean };

/** The formats in which objects are printed as they are. */
export type PlainObjectFormat = Exclude<ObjectFormat, { kind: 'people' }>;

const FORMATS = ['wide', 'json', 'yaml', 'name', 'jsonpath=TEMPLATE'] as const;
const TEMPLATE_FORMATS = ['jsonpath', 'jsonpath-as-json', 'jsonpath-file'] as const;

/** The longest template file. */
const MAX_TEMPLATE_BYTES = 64 * 1024;

/** The flag; read its value with {@link parseObjectFormat}. */
export function createObjectFlag({ isWide = true } = {}) {
  return Flags.string({
    char: 'o',
    helpValue: 'FORMAT',
    summary: FORMATS.filter((format) => isWide || format !== 'wide').join(', '),
  });
}

/** How to read the value of -o. */
export interface ObjectFormatContext {
  /** Id of the command, for errors. */
  command: string;
  /** Files of templates are relative to it. */
  cwd: string;
  /** Whether the command has a wide format; true by default. */
  isWide?: boolean;
  /** Whether a terminal shows what is printed. */
  isTerminal: boolean;
}

/** @throws DorguError BadFlagValue or BadTemplate (usage) */
export function parseObjectFormat(text: string | undefined, context: ObjectFormatContext): ObjectFormat {
  const { isWide = true, command } = context;
  switch (text) {
    case undefined:
      return { kind: 'people', isWide: false };
    case 'json':
    case 'yaml':
    case 'name':
      return { kind: text };
  }
  if (text === 'wide' && isWide) return { kind: 'people', isWide: true };
  const template = readTemplate(text, context);
  if (template !== undefined) return template;
  const allowed = FORMATS.filter((format) => isWide || format !== 'wide');
  throw createBadValueError('-o', text, allowed, command);
}

function readTemplate(
  text: string,
  { command, cwd, isTerminal }: ObjectFormatContext,
): ObjectFormat | undefined {
  const equals = text.indexOf('=');
  const name = equals === -1 ? text : text.slice(0, equals);
  const format = TEMPLATE_FORMATS.find((candidate) => candidate === name);
  if (format === undefined) return undefined;
  const value = equals === -1 ? '' : text.slice(equals + 1);
  if (value === '')
    throw createUsageError(
      'BadFlagValue',
      `-o ${format} is given without a template`,
      command,
      format === 'jsonpath-file' ? '-o jsonpath-file=FILE' : `-o ${format}='{.metadata.name}'`,
    );
  const template = createTemplate(format === 'jsonpath-file' ? readTemplateFile(value, cwd) : value);
  return { kind: 'template', template, isJson: format === 'jsonpath-as-json', isEscaped: isTerminal };
}

function readTemplateFile(file: string, cwd: string): string {
  try {
    const path = resolve(cwd, file);
    if (statSync(path).size <= MAX_TEMPLATE_BYTES) return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new DorguError('BadFlagValue', `cannot read the template file ${JSON.stringify(file)}`, {
      cause,
      hint: `ls -l ${file} shows whether it is there`,
    });
  }
  throw new DorguError('BadFlagValue', `the template file ${JSON.stringify(file)} is larger than 64 KiB`, {
    hint: 'a template is a line or two, such as {range .items[*]}{.metadata.name}{"\\n"}{end}',
  });
}
