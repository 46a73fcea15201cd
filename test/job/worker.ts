// A process that works on the queue in the folder it is given and writes down what it does; to be killed. Given "endless", no job
// of it comes to its end by itself; given "poison", the first kills it, once it is at work beside others or might have been.
import { appendFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { openQueue } from "../../src/job/queue.ts";
import { openStore } from "../../src/job/store.ts";
import { Problem } from "../../src/log/problem.ts";
import { pglite } from "./stores.ts";
import { job } from "./triggers.ts";

const [dir = "", log = "", jobs = "0", ends = ""] = process.argv.slice(2);
const write = (line: string) => appendFileSync(log, `${line}\n`);
try {
  const queue = await openQueue(await openStore(pglite(dir)), { retryDelay: 0 });
  for (let n = 0; n < Number(jobs); n++) {
    const deliveryId = `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
    await queue.enqueue(job(n, `r${n % 5}`, { deliveryId }));
    write(`stored ${n}`);
  }
  write("ready");
  await queue.work({
    intake: async () => "accepted",
    run: async ({ key }) => {
      write(`start ${key}`);
      if (ends === "endless") await new Promise(() => {});
      if (ends === "poison") {
        await delay(key.endsWith("#0") ? 700 : 1500);
        if (key.endsWith("#0")) process.kill(process.pid, "SIGKILL");
      }
      await delay(20);
      write(`done ${key}`);
    },
    failed: async ({ key }) => write(`failed ${key}`),
  });
} catch (error) {
  write(error instanceof Problem ? `${error.code} ${error.message}` : String(error));
  process.exit(3);
}
