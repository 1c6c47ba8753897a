// The items of topic events: the validation of each persona, and the Kubernetes Events about personas, which are selected by the persona's labels.
import type { ItemState, StateListener } from './item-state.ts';
import type { Kept, KeptChange } from './kept.ts';
import { isSameLabels } from './labels.ts';
import type { Source } from './source.ts';

/** Personas have validations in them; `events` are those of Kubernetes. */
export function createEventState(personas: Source, events: Source): ItemState {
  return new EventState(personas, events);
}

class EventState implements ItemState {
  readonly sources: readonly Source[];
  readonly items = new Map<string, Kept>();
  readonly #personas: Source;
  readonly #events: Source;
  /** Keys of occurrences by their persona's. */
  readonly #occurrences = new Map<string, Set<string>>();
  #listener: StateListener | undefined;
  #lastOrder = 0;
  readonly #ofPersonas: StateListener = {
    onChange: (change) => this.#takePersona(change),
    onStatus: () => this.#listener?.onStatus(),
  };
  readonly #ofEvents: StateListener = {
    onChange: (change) => this.#takeEvent(change),
    onStatus: () => this.#listener?.onStatus(),
  };

  constructor(personas: Source, events: Source) {
    this.sources = [personas, events];
    this.#personas = personas;
    this.#events = events;
  }

  start(listener: StateListener): void {
    this.#personas.add(this.#ofPersonas);
    this.#events.add(this.#ofEvents);
    // A source that others follow is known already.
    for (const [key, after] of this.#personas.objects) this.#takePersona({ key, before: undefined, after });
    for (const [key, after] of this.#events.objects) this.#takeEvent({ key, before: undefined, after });
    this.#listener = listener;
  }

  stop(): void {
    this.#listener = undefined;
    this.#personas.remove(this.#ofPersonas);
    this.#events.remove(this.#ofEvents);
    this.items.clear();
    this.#occurrences.clear();
  }

  #takePersona({ key, before, after }: KeptChange): void {
    this.#set(`validation ${key}`, toValidation(after));
    if (isSameLabels(before?.labels, after?.labels)) return;
    for (const place of this.#occurrences.get(key) ?? []) {
      const occurrence = this.items.get(place);
      if (occurrence !== undefined) this.#set(place, { ...occurrence, labels: after?.labels });
    }
  }

  #takeEvent({ key, before, after }: KeptChange): void {
    const place = `occurrence ${key}`;
    if (before !== undefined) this.#forget(before, place);
    if (after === undefined) {
      this.#set(place, undefined);
      return;
    }
    const persona = personaOf(after);
    const places = this.#occurrences.get(persona) ?? new Set();
    this.#occurrences.set(persona, places.add(place));
    this.#set(place, { ...after, labels: this.#personas.objects.get(persona)?.labels });
  }

  #forget(occurrence: Kept, place: string): void {
    const persona = personaOf(occurrence);
    const places = this.#occurrences.get(persona);
    places?.delete(place);
    if (places?.size === 0) this.#occurrences.delete(persona);
  }

  #set(key: string, after: Kept | undefined): void {
    const before = this.items.get(key);
    if (after === undefined) {
      if (!this.items.delete(key)) return;
    } else {
      after.order = before?.order ?? (this.#lastOrder += 1);
      this.items.set(key, after);
    }
    this.#listener?.onChange({ key, before, after });
  }
}

function toValidation(persona: Kept | undefined): Kept | undefined {
  if (persona === undefined || persona.validation === '') return undefined;
  return { ...persona, body: persona.validation, validation: '' };
}

function personaOf({ namespace, name }: Kept): string {
  return `${namespace}/${name}`;
}
