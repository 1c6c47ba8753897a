// The days of one container: the one that is being added to, open, and the others as bytes.
import { createByteReader, createByteWriter } from './bytes.ts';
import { createDay } from './container-day.ts';
import type { ContainerDay } from './container-day.ts';
import { packDay, readDay } from './pack-day.ts';
import { createTrend } from './trend.ts';
import type { Trend } from './trend.ts';

/** Everything that is kept of one container of a workload. */
export interface ContainerHistory {
  open: ContainerDay | undefined;
  /** The other days, each with its length before it. */
  past: Uint8Array;
  trend: Trend;
}

const nothing = new Uint8Array(0);

/** A container of which nothing is known. */
export function createContainerHistory(): ContainerHistory {
  return { open: undefined, past: nothing, trend: createTrend() };
}

/** The day, open to be added to; days before `oldest` are let go when another is opened. */
export function openDay(history: ContainerHistory, day: number, oldest: number): ContainerDay {
  if (history.open?.day === day) return history.open;
  const packed = packedDays(history).filter(({ day: known }) => known >= oldest);
  const found = packed.find(({ day: known }) => known === day);
  history.past = joinDays(packed.filter((one) => one !== found));
  history.open = found === undefined ? createDay(day) : readDay(createByteReader(found.bytes));
  return history.open;
}

/** A day's bytes with its number. */
export interface PackedDay {
  day: number;
  bytes: Uint8Array;
}

/** All days as bytes, oldest first. */
export function packedDays({ open, past }: ContainerHistory): PackedDay[] {
  const days: PackedDay[] = open === undefined ? [] : [{ day: open.day, bytes: packDay(open) }];
  const reader = createByteReader(past);
  while (!reader.isAtEnd) {
    const bytes = reader.bytes();
    days.push({ day: createByteReader(bytes).number(), bytes });
  }
  return days.sort((left, right) => left.day - right.day);
}

/** All days, oldest first. */
export function readDays(history: ContainerHistory): ContainerDay[] {
  const reader = createByteReader(history.past);
  const days: ContainerDay[] = history.open === undefined ? [] : [history.open];
  while (!reader.isAtEnd) days.push(readDay(createByteReader(reader.bytes())));
  return days.sort((left, right) => left.day - right.day);
}

/** Days as they are kept in {@link ContainerHistory}. */
export function joinDays(days: readonly PackedDay[]): Uint8Array {
  if (days.length === 0) return nothing;
  const writer = createByteWriter();
  for (const { bytes } of days) writer.bytes(bytes);
  return writer.finish();
}
