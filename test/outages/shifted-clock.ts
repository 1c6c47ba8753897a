// Preloaded into an operator whose machine's clock is wrong: CLOCK_OFFSET_MS is added to every date. Timers and performance.now are as they are.
const offsetMs = Number(process.env['CLOCK_OFFSET_MS'] ?? 0);
const RightDate = Date;

globalThis.Date = new Proxy(RightDate, {
  construct: (target, args: unknown[], self) =>
    Reflect.construct(target, args.length === 0 ? [RightDate.now() + offsetMs] : args, self) as Date,
  get: (target, name, self): unknown =>
    name === 'now' ? () => RightDate.now() + offsetMs : Reflect.get(target, name, self),
});
