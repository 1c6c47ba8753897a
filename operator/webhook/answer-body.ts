// From the bytes of a request to the answer: never throws, never waits.
import type { Decision } from '../../src/rules/decide.ts';
import type { Mode } from '../../src/rules/mode.ts';
import { toWarnings } from '../../src/rules/warning-text.ts';
import { findExcess } from './json-bounds.ts';
import type { Verdict } from './judge-review.ts';
import { formatAnswer, parseReview, type Review } from './review.ts';

/** What the API server is told, and how it is counted. */
export interface Answer {
  /** Of HTTP: 200 with an AdmissionReview, else one line of text. */
  status: number;
  text: string;
  outcome: Outcome;
  /** Undefined where the body is no review. */
  review?: Review;
  decision?: Decision;
}

/** As metrics name it. `unknown`: not everything has been seen yet; `failed`: a fault of ours. */
export type Outcome = 'allowed' | 'warned' | 'denied' | 'no-opinion' | 'unknown' | 'failed' | 'malformed';

/** What answers are made of. */
export interface AnswerParts {
  judge: (review: Review) => Verdict;
  /** Whether it enforces in a namespace, where no persona is known. */
  modeOf: (namespace: string) => Mode;
  onFault: (error: unknown, review: Review) => void;
}

/** Answers a whole body. */
export function answerBody(body: Buffer, { judge, modeOf, onFault }: AnswerParts): Answer {
  const excess = findExcess(body);
  if (excess !== undefined) return { status: 400, text: excess, outcome: 'malformed' };
  const review = parseReview(body.toString());
  if ('problem' in review) return { status: 400, text: review.problem, outcome: 'malformed' };
  try {
    return toAnswer(review, judge(review));
  } catch (error) {
    onFault(error, review);
    return giveUp(review, modeOf(review.namespace), 500, 'failed', 'the operator failed to judge it');
  }
}

function toAnswer(review: Review, verdict: Verdict): Answer {
  if (verdict.kind === 'not-known') return giveUp(review, verdict.mode, 503, 'unknown', verdict.why);
  const { decision, kind } = verdict;
  const outcome = kind === 'no-opinion' ? kind : toOutcome(decision);
  return { status: 200, text: formatAnswer(review.uid, decision), outcome, review, decision };
}

function toOutcome({ allowed, warnings }: Decision): Outcome {
  if (!allowed) return 'denied';
  return warnings.length > 0 ? 'warned' : 'allowed';
}

/** Who only advises stands in nobody's way; who enforces leaves it to the configuration's failurePolicy. */
function giveUp(review: Review, mode: Mode, status: number, outcome: Outcome, why: string): Answer {
  if (mode === 'enforcing') return { status, text: why, outcome, review };
  const decision = { allowed: true, warnings: toWarnings([`not judged by its persona: ${why}`]) };
  return { status: 200, text: formatAnswer(review.uid, decision), outcome, review, decision };
}
