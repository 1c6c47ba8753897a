// Takes a template apart into the pieces that its parser asks for, from left to right.
import { createTemplateError } from './template-error.ts';

/** A place in a template; each `take…` returns a piece and moves behind it. */
export class TemplateScanner {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The next character; empty at the end. */
  peek(): string {
    return String.fromCodePoint(this.text.codePointAt(this.at) ?? 0).replace('\0', '');
  }

  skip(count: number): void {
    this.at += count;
  }

  /** Moves behind `prefix` where it comes next. */
  accept(prefix: string): boolean {
    if (!this.text.startsWith(prefix, this.at)) return false;
    this.at += prefix.length;
    return true;
  }

  takeUntilBrace(): string {
    const brace = this.text.indexOf('{', this.at);
    return this.takeTo(brace === -1 ? this.text.length : brace);
  }

  /** What stands between square brackets. */
  takeBrackets(): string {
    const end = this.find(']', 'array');
    return this.takeTo(end + 1).slice(1, -1);
  }

  /** Quotes and what is between them. */
  takeQuoted(): string {
    const quote = this.text[this.at] ?? '';
    for (let index = this.at + 1; index < this.text.length && this.text[index] !== '\n'; index += 1) {
      if (this.text[index] === quote && this.text[index - 1] !== '\\') return this.takeTo(index + 1);
    }
    throw createTemplateError('unterminated quoted string');
  }

  /** A filter behind `[?(`, without its end `)]`: the first `)` that is in no quotes. */
  takeFilter(): string {
    const end = this.findFilterEnd();
    const text = this.takeTo(end);
    this.skip(1);
    if (!this.accept(']')) throw createTemplateError('unclosed array, expected ]');
    return text;
  }

  private findFilterEnd(): number {
    const pattern = /[^)"'\n]*(?:(["'])(?:(?!\1)[^\n]|(?<=\\)\1)*\1[^)\n]*)?\)/y;
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) throw createTemplateError('unterminated filter');
    return this.at + match[0].length - 1;
  }

  /** The name of a field; what follows a backslash belongs to it. */
  takeName(): string {
    return this.takeMatch(/(?:\\[^]?|[^ \t\r\n.,[\]$@{}\\])*/y);
  }

  takeWord(): string {
    return this.takeMatch(/[^ \t\r\n.,[\]$@{}]*/y);
  }

  takeNumber(): string {
    return this.takeMatch(/[-+]?[.\p{Nd}]*/uy);
  }

  private takeMatch(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    return this.takeTo(this.at + (pattern.exec(this.text)?.[0].length ?? 0));
  }

  private find(character: string, what: string): number {
    const end = this.text.indexOf(character, this.at);
    const lineBreak = this.text.indexOf('\n', this.at);
    if (end === -1 || (lineBreak !== -1 && lineBreak < end))
      throw createTemplateError(`unterminated ${what}`);
    return end;
  }

  private takeTo(end: number): string {
    const text = this.text.slice(this.at, end);
    this.at = end;
    return text;
  }
}
