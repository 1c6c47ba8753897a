// What can be asked of Prometheus' HTTP API, and how it is written in a form.

/** A query at a moment, one over a span in steps, or which series there were in a span. Times in milliseconds since 1970. */
export type Question =
  | { api: 'query'; promql: string; atMs: number }
  | { api: 'query_range'; promql: string; fromMs: number; toMs: number; stepMs: number }
  | { api: 'series'; selectors: readonly string[]; fromMs: number; toMs: number };

const toSeconds = (ms: number) => String(ms / 1000);

/** The body of the POST. */
export function toForm(question: Question): string {
  const form = new URLSearchParams();
  if (question.api === 'query') form.set('time', toSeconds(question.atMs));
  else {
    form.set('start', toSeconds(question.fromMs));
    form.set('end', toSeconds(question.toMs));
  }
  if (question.api === 'query_range') form.set('step', toSeconds(question.stepMs));
  if (question.api === 'series') for (const selector of question.selectors) form.append('match[]', selector);
  else {
    form.set('query', question.promql);
    form.set('stats', 'all');
  }
  return form.toString();
}
