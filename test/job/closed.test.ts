import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Closed, type Ledger, openLedger, type RunName } from "../../src/job/ledger.ts";
import { openStore, type Store } from "../../src/job/store.ts";
import { onEachStore } from "./on-each-store.ts";

onEachStore((options) => {
  let store: Store;
  let ledger: Ledger;
  let next = 1;
  beforeAll(async () => {
    store = await openStore(options());
    ledger = openLedger(store.sql, {});
  });
  afterAll(() => store.close());

  /** A repository of its own, with issue 3, its runs and what is closed there. */
  function place() {
    const at = next++;
    const repository = { owner: "acme", repo: `closed${at}` };
    const job = { repository, repositoryId: at, installationId: at };
    let runs = 0;
    const begin = async (): Promise<RunName> => {
      const run = { run: `${at}-${runs++}`, job, issue: 3, model: "m" };
      await ledger.reserve(run, 2);
      return run;
    };
    const end = ({ run }: RunName, pullRequest: number | null) =>
      ledger.settle(run, { outcome: "drafted", verdict: "verified", pullRequest, usd: 0.5 });
    const closed = (number: number, merged: boolean, issue: Closed["issue"] = 3) =>
      ledger.closed({ repository, repositoryId: at, number, merged, issue });
    const costs = async () =>
      (await ledger.costs()).filter((row) => row.repository === `acme/${repository.repo}`);
    return { begin, end, closed, costs };
  }

  test("merged before its run has noted the pull request, it counts as merged, once", async () => {
    const { begin, end, closed, costs } = place();
    const run = await begin();
    // What is set aside is all that is known by then.
    expect(await closed(7, true)).toEqual({ runs: 1, usd: 2 });
    expect(await closed(7, true)).toEqual({ runs: 1, usd: 2 });
    await end(run, 7);
    expect(await costs()).toMatchObject([{ runs: 1, usd: 0.5, pullRequests: 1, merged: 1 }]);
  });

  test("what was closed as the run began anew is not what it ended in", async () => {
    const { begin, end, closed, costs } = place();
    const run = await begin();
    await closed(7, true);
    await end(run, 8);
    expect(await costs()).toMatchObject([{ pullRequests: 1, merged: 0 }]);
    expect(await closed(7, true)).toBeNull();
    await closed(8, true);
    expect(await costs()).toMatchObject([{ pullRequests: 1, merged: 1 }]);
  });

  test("a pull request of another branch is none of a run's that is at work", async () => {
    const { begin, closed } = place();
    await begin();
    expect([await closed(7, true, null), await closed(7, true, 4)]).toEqual([null, null]);
  });

  test("merged is merged: closed before, opened again and merged; delivered in whatever order, and twice", async () => {
    const { begin, end, closed, costs } = place();
    await end(await begin(), 7);
    for (const merged of [false, true, true, false]) await closed(7, merged);
    expect(await costs()).toMatchObject([{ pullRequests: 1, merged: 1 }]);
  });

  test("a pull request with runs in two months is one, of the month of the first", async () => {
    const { begin, end, closed, costs } = place();
    const first = await begin();
    await end(first, 7);
    await store.sql("UPDATE firstdraft.runs SET began_at = began_at - interval '2 months' WHERE run = $1", [
      first.run,
    ]);
    await end(await begin(), 7);
    await closed(7, true);
    expect(await costs()).toMatchObject([
      { runs: 1, pullRequests: 0, merged: 0 },
      { runs: 1, pullRequests: 1, merged: 1 },
    ]);
  });
});
