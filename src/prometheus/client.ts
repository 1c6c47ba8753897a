// Asks a Prometheus: one request in flight, each bounded in time and size, none to one that keeps failing.
import type { Agent } from 'node:http';
import { readHeaders, readPrometheusFile } from './authorization.ts';
import { createBreaker, type BreakerState } from './breaker.ts';
import {
  defaultMaxAnswerBytes,
  defaultTimeoutMs,
  parseEndpoint,
  type Endpoint,
  type PrometheusClientOptions,
} from './client-options.ts';
import { AnswerCutter } from './cut-answer.ts';
import { NoAnswerOfPrometheus } from './cut-elements.ts';
import { maxErrorBytes, toConnectionError, toRefusal, toStatusError } from './errors-of-answers.ts';
import { createAgent, post, readBody } from './exchange.ts';
import { parseEnvelope, parseLabels, parseSeries, type SampleCounts, type Series } from './parse-answer.ts';
import { toForm, type Question } from './question.ts';
import { PrometheusError, type PrometheusCode } from './prometheus-error.ts';

export type { PrometheusClientOptions } from './client-options.ts';
export type { Question } from './question.ts';

/** What is known of an answer beside its series. */
export interface AnswerFacts {
  samples: SampleCounts;
  /** Prometheus' own, verbatim, bounded in number and length. */
  warnings: readonly string[];
  /** Of the answer, unzipped. */
  bytes: number;
  series: number;
}

/** One Prometheus. */
export interface PrometheusClient {
  /** Its address without credentials, for messages. */
  readonly server: string;
  /**
   * Asks, once those who asked before have their answers. Series are handed over as they come: none of them counts when it throws.
   * @throws PrometheusError, or the reason of the client's own signal
   */
  ask(question: Question, onSeries: (series: Series) => void): Promise<AnswerFacts>;
  breaker(): BreakerState;
  /** Ends what is under way and closes the connection. */
  close(): void;
}

/** Failures that say something about the server, and not about the question. */
const failuresOfServers = new Set<PrometheusCode>([
  'PrometheusUnreachable',
  'PrometheusTimeout',
  'PrometheusDenied',
  'PrometheusAnswerInvalid',
]);

/** Asks nothing yet. @throws PrometheusError PrometheusInvalid */
export function createPrometheusClient(options: PrometheusClientOptions): PrometheusClient {
  return new Client(options);
}

class Client implements PrometheusClient {
  readonly server: string;
  readonly #endpoint: Endpoint;
  readonly #breaker;
  readonly #closing = new AbortController();
  #agent: { ca: Buffer | undefined; agent: Agent } | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #lastFailure: PrometheusError | undefined;

  constructor(options: PrometheusClientOptions) {
    this.#endpoint = parseEndpoint({ ...options, timeoutMs: options.timeoutMs ?? defaultTimeoutMs });
    this.server = this.#endpoint.shown;
    this.#breaker = createBreaker(options.breaker);
  }

  ask(question: Question, onSeries: (series: Series) => void): Promise<AnswerFacts> {
    const turn = this.#last.then(() => this.#askWithinBreaker(question, onSeries));
    // Whoever comes next waits for the end of this one, however it ends.
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  breaker(): BreakerState {
    return this.#breaker.stateAt(this.#endpoint.options.now());
  }

  close(): void {
    this.#closing.abort(new PrometheusError('PrometheusUnreachable', `nobody asks ${this.server} any more`));
    this.#agent?.agent.destroy();
  }

  async #askWithinBreaker(question: Question, onSeries: (series: Series) => void): Promise<AnswerFacts> {
    const { options } = this.#endpoint;
    this.#closing.signal.throwIfAborted();
    options.signal?.throwIfAborted();
    this.#refuseWhileOpen();
    const startMs = options.now();
    const report = (outcome: string, facts?: AnswerFacts) =>
      options.onSent?.({
        api: question.api,
        outcome,
        durationMs: options.now() - startMs,
        bytes: facts?.bytes ?? 0,
        samples: facts?.samples.touched,
      });
    try {
      const facts = await this.#askNow(question, onSeries);
      this.#breaker.succeeded();
      report('ok', facts);
      return facts;
    } catch (error) {
      if (error instanceof PrometheusError) {
        this.#count(error);
        report(error.code);
      }
      throw error;
    }
  }

  #refuseWhileOpen(): void {
    const { state, failures, untilMs = 0 } = this.breaker();
    if (state !== 'open') return;
    const seconds = Math.ceil((untilMs - this.#endpoint.options.now()) / 1000);
    const last = this.#lastFailure;
    throw new PrometheusError(
      'PrometheusPaused',
      `Prometheus at ${this.server} is not asked for another ${seconds} s, after ${failures} failures: ${last?.message ?? ''}`,
      last === undefined ? {} : { cause: last, reason: last.reason },
    );
  }

  #count(error: PrometheusError): void {
    if (!failuresOfServers.has(error.code)) {
      // It has answered, if not as wished.
      if (error.httpStatus !== undefined) this.#breaker.succeeded();
      return;
    }
    this.#lastFailure = error;
    this.#breaker.failed(this.#endpoint.options.now());
  }

  async #askNow(question: Question, onSeries: (series: Series) => void): Promise<AnswerFacts> {
    const { options, url } = this.#endpoint;
    const timeout = AbortSignal.timeout(options.timeoutMs ?? defaultTimeoutMs);
    const ends = [this.#closing.signal, ...(options.signal === undefined ? [] : [options.signal])];
    try {
      const answer = await post({
        url: new URL(`${url.href.replace(/\/$/, '')}/api/v1/${question.api}`),
        headers: await readHeaders(options),
        form: toForm(question),
        agent: await this.#agentNow(),
        signal: AbortSignal.any([timeout, ...ends]),
      });
      if (answer.statusCode !== 200) {
        throw toStatusError(this.#endpoint, answer, await readBeginning(answer));
      }
      return await readAnswer(this.#endpoint, question, answer, onSeries);
    } catch (error) {
      const ended = ends.find(({ aborted }) => aborted);
      if (ended !== undefined) throw ended.reason;
      throw toConnectionError(this.#endpoint, error, timeout.aborted);
    }
  }

  /** Another one once the CA's file has changed. */
  async #agentNow(): Promise<Agent> {
    const { options, url } = this.#endpoint;
    const ca = options.caFile === undefined ? undefined : await readPrometheusFile(options.caFile, 'CA');
    if (this.#agent !== undefined && isSame(this.#agent.ca, ca)) return this.#agent.agent;
    this.#agent?.agent.destroy();
    this.#agent = { ca, agent: createAgent(url, ca, options, this.#closing.signal) };
    return this.#agent.agent;
  }
}

const isSame = (one: Buffer | undefined, other: Buffer | undefined) =>
  one === other || (one !== undefined && other !== undefined && one.equals(other));

type IncomingAnswer = Parameters<typeof readBody>[0];

/** As much of an error as is worth reading. */
async function readBeginning(answer: IncomingAnswer): Promise<string> {
  const chunks: Buffer[] = [];
  let isEnough = false;
  await readBody(answer, maxErrorBytes, (chunk) => chunks.push(chunk)).catch((error: unknown) => {
    isEnough = error instanceof Error && error.name === 'TooLarge';
    if (!isEnough) throw error;
  });
  return Buffer.concat(chunks).toString('utf8');
}

async function readAnswer(
  endpoint: Endpoint,
  question: Question,
  answer: IncomingAnswer,
  onSeries: (series: Series) => void,
): Promise<AnswerFacts> {
  const parse = question.api === 'series' ? parseLabels : parseSeries;
  let series = 0;
  const cutter = new AnswerCutter((elements) => {
    for (const element of elements) {
      const parsed = parse(element);
      if (parsed === undefined) throw new NoAnswerOfPrometheus('the answer holds something else than series');
      series += 1;
      onSeries(parsed);
    }
  });
  const { maxAnswerBytes = defaultMaxAnswerBytes } = endpoint.options;
  const bytes = await readBody(answer, maxAnswerBytes, (chunk) => cutter.push(chunk));
  const envelope = parseEnvelope(cutter.end());
  if (envelope === undefined) throw new NoAnswerOfPrometheus('the answer is none of a query');
  if (!envelope.isSuccess) throw toRefusal(endpoint, envelope, 200);
  if (envelope.resultType !== resultTypes[question.api])
    throw new NoAnswerOfPrometheus(`expected a ${resultTypes[question.api]}, found something else`);
  return { samples: envelope.samples, warnings: envelope.warnings, bytes, series };
}

const resultTypes = { query: 'vector', query_range: 'matrix', series: '' } as const;
