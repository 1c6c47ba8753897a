// -o of `recommend`: kubectl's formats, and tables for spreadsheets and pull requests.
import * as Flags from '@oclif/core/flags';
import { parseObjectFormat, type ObjectFormat, type ObjectFormatContext } from '../printers/object-format.ts';
import { createBadValueError } from '../usage-error.ts';

/** What -o asks for. */
export type RecommendFormat = ObjectFormat | { kind: 'csv' | 'markdown' };

const formats = ['wide', 'json', 'yaml', 'name', 'csv', 'markdown', 'jsonpath=TEMPLATE'] as const;

/** The flag; read its value with {@link parseRecommendFormat}. */
export function createRecommendOutputFlag() {
  return Flags.string({
    char: 'o',
    helpValue: 'FORMAT',
    summary: 'wide, json, yaml, name, csv, markdown, jsonpath=…',
  });
}

/** @throws DorguError BadFlagValue or BadTemplate (usage) */
export function parseRecommendFormat(
  text: string | undefined,
  context: ObjectFormatContext,
): RecommendFormat {
  if (text === 'csv' || text === 'markdown') return { kind: text };
  const isKnown = text === undefined || text.startsWith('jsonpath') || formats.some((one) => one === text);
  if (!isKnown) throw createBadValueError('-o', text, formats, context.command);
  return parseObjectFormat(text, context);
}

/** Whether stdout is one document that holds everything, reasons for having no advice among them. */
export function isForPrograms({ kind }: RecommendFormat): boolean {
  return kind === 'json' || kind === 'yaml' || kind === 'template';
}
