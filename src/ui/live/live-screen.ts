// A terminal's screen that shows lines as they are now, and is given back as it was, however the program ends or is stopped.
import { createKeys, type KeyInput, type KeyMeaning } from './terminal-keys.ts';
import { createScreenWriter, type ScreenSize } from './screen-writer.ts';

/** The terminal's output: process.stdout of one. */
export interface ScreenOutput {
  columns?: number;
  rows?: number;
  write(text: string): unknown;
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

/** Of the process: its signals and its end. */
export interface ScreenProcess {
  readonly pid: number;
  on(event: string, listener: () => void): unknown;
  off(event: string, listener: () => void): unknown;
  kill(processId: number, signal: string): unknown;
}

/** A terminal with who sits at it. */
export interface Terminal {
  output: ScreenOutput;
  input: KeyInput;
  process: ScreenProcess;
}

/** Who draws. */
export interface ScreenListener {
  /** The window has another size, or has to be drawn anew: draw. */
  onRedraw(): void;
  /** The person has asked for the end with `q`. */
  onQuit(): void;
}

/** From its creation to `close` it has the terminal. */
export interface LiveScreen {
  /** Of the window; 80 x 24 where the terminal does not know. */
  size(): ScreenSize;
  /** Lines that fit the window. Nothing while the program is stopped. */
  draw(lines: readonly string[]): void;
  /** Gives the terminal back and leaves these lines on it. Once. */
  close(lines: readonly string[]): void;
}

/** Takes the terminal. */
export function openLiveScreen(terminal: Terminal, listener: ScreenListener): LiveScreen {
  const screen = new TerminalScreen(terminal, listener);
  screen.open();
  return screen;
}

class TerminalScreen implements LiveScreen {
  readonly #terminal: Terminal;
  readonly #listener: ScreenListener;
  readonly #writer = createScreenWriter();
  readonly #keys: ReturnType<typeof createKeys>;
  readonly #handlers: readonly (readonly [event: string, listener: () => void])[];
  #isShown = false;

  constructor(terminal: Terminal, listener: ScreenListener) {
    this.#terminal = terminal;
    this.#listener = listener;
    this.#keys = createKeys(terminal.input, (meaning) => this.#obey(meaning));
    this.#handlers = [
      ['exit', () => this.#hide()],
      ['SIGTSTP', () => this.#stop()],
      ['SIGCONT', () => this.#continue()],
      ['SIGHUP', () => this.#die('SIGHUP')],
      ['SIGQUIT', () => this.#die('SIGQUIT')],
    ];
  }

  open(): void {
    const { output, process } = this.#terminal;
    for (const [event, handler] of this.#handlers) process.on(event, handler);
    output.on('resize', this.#redraw);
    this.#show();
  }

  size(): ScreenSize {
    const { columns = 0, rows = 0 } = this.#terminal.output;
    return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
  }

  draw(lines: readonly string[]): void {
    if (!this.#isShown) return;
    const text = this.#writer.draw(lines, this.size());
    if (text !== '') this.#terminal.output.write(text);
  }

  close(lines: readonly string[]): void {
    const { output, process } = this.#terminal;
    for (const [event, handler] of this.#handlers) process.off(event, handler);
    output.off('resize', this.#redraw);
    if (!this.#isShown) return;
    this.#hide();
    output.write(lines.map((line) => `${line}\n`).join(''));
  }

  readonly #redraw = (): void => {
    this.#writer.invalidate();
    this.#listener.onRedraw();
  };

  #show(): void {
    this.#isShown = true;
    this.#keys.hold();
    this.#terminal.output.write(this.#writer.enter());
  }

  #hide(): void {
    if (!this.#isShown) return;
    this.#isShown = false;
    this.#terminal.output.write(this.#writer.leave());
    this.#keys.release();
  }

  #stop(): void {
    const { process } = this.#terminal;
    this.#hide();
    // The signal was ours to handle, so that only this one stops us.
    process.kill(process.pid, 'SIGSTOP');
  }

  #continue(): void {
    if (this.#isShown) this.#keys.hold();
    else this.#show();
    this.#redraw();
  }

  #die(signal: string): void {
    const { process } = this.#terminal;
    this.#hide();
    for (const [event, handler] of this.#handlers) if (event === signal) process.off(event, handler);
    process.kill(process.pid, signal);
  }

  #obey(meaning: KeyMeaning): void {
    if (meaning === 'quit') this.#listener.onQuit();
    else if (meaning === 'redraw') this.#redraw();
    // To the whole group, as the terminal would: a shell's pipeline stops and ends together.
    else this.#terminal.process.kill(0, meaning);
  }
}
