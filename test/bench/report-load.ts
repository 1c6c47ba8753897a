// What a server of the bench says of itself: where it listens, and what it took between two words of its parent.
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Tells the parent the port, then its load whenever it is asked; ends with the parent. */
export function reportLoad(port: number): void {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  let cpu = process.cpuUsage();
  process.on('message', (asked) => {
    if (asked === 'begin') {
      delay.reset();
      cpu = process.cpuUsage();
      process.send?.({});
    } else if (asked === 'end') {
      const { user, system } = process.cpuUsage(cpu);
      process.send?.({
        cpuMs: (user + system) / 1000,
        lagP99Ms: delay.percentile(99) / 1e6 - 5,
        rssMiB: process.memoryUsage.rss() / 2 ** 20,
      });
    }
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ port });
}
