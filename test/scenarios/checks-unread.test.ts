import { expect, test } from "@jest/globals";
import { checkedDraft, comment, firstAsked } from "../helpers/checked-draft.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { sums } from "../helpers/sums.ts";

const ready = { ...sums, ".github/firstdraft.yml": "ready: ci-green\n" };
const names = ["runs-403", "runs-404", "log-403", "log-404", "log-410"];
const shared = sharedHouse({ repositories: Object.fromEntries(names.map((name) => [name, ready])) });
const lacking = sharedHouse({
  repositories: { green: ready, red: ready },
  accepted: { contents: "write", issues: "write", pull_requests: "write", checks: "write", metadata: "read" },
});

test.each([403, 404])(
  "check runs that GitHub answers with %s are not green, whatever statuses say",
  async (status) => {
    const house = shared();
    const draft = await checkedDraft(house, `runs-${status}`);
    const path = new RegExp(`^/repos/acme/runs-${status}/commits/\\w+/check-runs$`);
    house.github.fail({ method: "GET", path, status, times: 50 });
    await draft.status("success");
    const said = await draft.told();
    house.github.heal();
    expect(said).toContain("**not all read**, and what was read is not red.");
    expect(said).toContain("Not read, for want of a right: check runs.");
    expect(said).not.toContain("**green**");
    expect(await draft.onIssue()).toContain("**Checks**: not all read.");
    expect(await draft.now()).toMatchObject({ draft: true });
  },
);

test.each([403, 404, 410])(
  "a log that GitHub answers with %s is done without, and that is said",
  async (status) => {
    const house = shared();
    const name = `log-${status}`;
    const draft = await checkedDraft(house, name);
    const path = new RegExp(`^/repos/acme/${name}/actions/jobs/\\d+/logs$`);
    const at = { path: ".github", start_line: 9, end_line: 9, annotation_level: "failure" };
    const annotations = [{ ...at, message: "Process completed with exit code 1." }];
    await draft.check({
      conclusion: "failure",
      log: "FAIL",
      output: { title: "", summary: "", annotations },
    });
    house.github.fail({ method: "GET", path, status, times: 50 });
    house.reply(comment);
    const said = await draft.told();
    house.github.heal();
    const asked = firstAsked(house);
    expect(asked).toContain("Its log could not be read.\\n.github:9: Process completed with exit code 1.");
    expect((await draft.now()).head.sha).not.toBe(draft.head);
    expect(said).toContain("| what a failed check says, but for its log, which could not be read |");
  },
);

test("an installation that has accepted neither statuses nor Actions says so, and is corrected all the same", async () => {
  const house = lacking();
  const green = await checkedDraft(house, "green");
  await green.check({ conclusion: "success" });
  const said = await green.told();
  expect(said).toContain("**not all read**, and what was read is not red.");
  expect(said).toContain("Not read, for want of a right: statuses.");
  expect(await green.now()).toMatchObject({ draft: true });

  const red = await checkedDraft(house, "red");
  await red.check({ conclusion: "failure", log: "FAIL" });
  house.reply(comment);
  await red.told();
  expect(firstAsked(house)).toContain("Its log could not be read.");
  expect((await red.now()).head.sha).not.toBe(red.head);
});
