// Into how many parts questions are cut, so that none touches more samples than a Prometheus should be burdened with.
import { maxPodSlices } from './queries.ts';

/** No query should touch more. */
export const maxSamplesTouched = 5_000_000;
/** What is aimed at: pods come and go between one question and the next. 47,000 containers that are scraped each 15 s are one question yet. */
const wantedSamples = 4_000_000;
/** Back-filling goes in smaller steps: it has time, and holds an answer each. */
const wantedSamplesOfHistory = 1_500_000;
/** Of a series and window before anything is known: scraped each 15 s, both ends of the window counted. */
const guessedSamplesPerSeries = 21;
/** A day: few enough points, and an answer's size is bounded by its samples. */
const maxWindows = 288;

/** How one question over a span is cut. */
export interface Cut {
  windows: number;
  podSlices: number;
}

/** What it learns from answers it uses for the next questions. */
export interface Slicing {
  /** Told by the probe. */
  expectSeries(count: number): void;
  /** For one window. */
  podSlices(): number;
  /** For a span of windows. */
  history(): Cut;
  /** What the answers about so many windows, all parts of the pods together, have touched; undefined where the server does not say. */
  learn(touched: number | undefined, windows: number): void;
  /** A question about so many windows was too large, for Prometheus or for us. */
  refused(windows: number): void;
}

export function createSlicing(): Slicing {
  let guess = 0;
  let measured = 0;
  let atLeastPodSlices = 1;
  let atMostWindows = maxWindows;
  const perWindow = () => (measured === 0 ? guess : Math.max(measured, guess / 4));
  const podSlices = (wanted: number) =>
    Math.min(maxPodSlices, Math.max(atLeastPodSlices, Math.ceil(perWindow() / wanted)));
  return {
    expectSeries(count) {
      guess = count * guessedSamplesPerSeries;
    },
    podSlices: () => podSlices(wantedSamples),
    history() {
      const fitting = Math.floor(wantedSamplesOfHistory / Math.max(1, perWindow()));
      // Parts of the pods for one window at a time only, so that what is older always comes first.
      const windows = atLeastPodSlices > 1 ? 1 : Math.max(1, Math.min(atMostWindows, fitting));
      return { windows, podSlices: windows > 1 ? 1 : podSlices(wantedSamplesOfHistory) };
    },
    learn(touched, windows) {
      if (touched === undefined || touched === 0) return;
      const each = touched / windows;
      // Grows at once; shrinks slowly, for the next window may be a full one again.
      measured = each > measured ? each : measured * 0.9 + each * 0.1;
    },
    refused(windows) {
      if (windows > 1) atMostWindows = Math.max(1, Math.floor(Math.min(windows, atMostWindows) / 2));
      else atLeastPodSlices = Math.min(maxPodSlices, atLeastPodSlices * 2);
    },
  };
}
