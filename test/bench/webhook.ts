// `node test/bench/webhook.ts [SECONDS]`: the webhook under load, beside a bare HTTPS server that only parses, in one run, and what it adds to a
// creation through a real API server. Nothing is asserted.
import { loadavg } from 'node:os';
import { measureCreations } from './webhook/creations.ts';
import { createReview, measureServer } from './webhook/measure.ts';

const seconds = Number(process.argv[2] ?? 5);

console.log(`reviews of ${createReview(0).length} bytes, ${seconds} s each; load of the machine ${loadavg()[0]?.toFixed(1) ?? ''}`); // prettier-ignore
const [bare] = await measureServer({ name: 'bare', personas: 0, seconds });
const [one] = await measureServer({ name: '1 persona', personas: 1, seconds });
const [all] = await measureServer({ name: '10000 personas', personas: 10_000, seconds });
console.log(
  `a review costs ${(bare.perCore / one.perCore).toFixed(2)} times what parsing it costs; with 10000 personas ${(bare.perCore / all.perCore).toFixed(2)} times`,
);
await measureCreations(300);
