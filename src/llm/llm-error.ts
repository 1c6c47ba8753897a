// What can go wrong between a question to a language model and an answer that is used: each is a warning, and the result is the offline one.

/** Why there is no answer. */
export type LlmCode = 'Unreachable' | 'Timeout' | 'Refused' | 'Busy' | 'AnswerTooLarge' | 'AnswerInvalid';

/** No answer that can be used; the message names server and reason, and never the key. */
export class LlmError extends Error {
  readonly code: LlmCode;
  /** Milliseconds that the server asks to wait for; absent where it does not say. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: LlmCode,
    message: string,
    { retryAfterMs, cause }: { retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.name = 'LlmError';
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}
