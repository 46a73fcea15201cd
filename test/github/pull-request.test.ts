import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { issueMarker } from "../../src/github/marker.ts";
import { branchFor, findPullRequest, readOwnPullRequest } from "../../src/github/pull-request.ts";
import { type PullRequestText, upsertPullRequest } from "../../src/github/upsert-pull-request.ts";
import { connect, name, openShop, type Shop, see, writes } from "./shop.ts";

const branch = branchFor(1);

let shop: Shop;
let text: PullRequestText;
beforeEach(async () => {
  shop = await openShop();
  await shop.github.as("alice").openIssue(name, { title: "VAT", body: "Raise it" });
  const headSha = await push(branch);
  text = {
    branch,
    issue: 1,
    attempt: 2,
    made: 3,
    agreed: null,
    approvedText: "c".repeat(64),
    headSha,
    title: "[Verified] VAT",
    body: "Proved.\n\nCloses #1",
  };
});
afterEach(() => shop.github.close());

const push = (to: string) =>
  shop.github.as("alice").push(name, to, { message: "x", files: { [`${Date.now()}`]: to } });
const open = (fields: object) => shop.github.as("alice").request("POST", `/repos/${name}/pulls`, fields);

test("opens a draft onto the default branch, with its markers", async () => {
  const made = await upsertPullRequest(shop.access, text);
  expect(made).toMatchObject({ created: true, draft: true });
  const seen = await see(shop.github, `/pulls/${made.number}`);
  expect(seen).toMatchObject({ draft: true, title: text.title, base: { ref: "main" }, html_url: made.url });
  expect(seen.body).toBe(
    `${text.body}\n\n<!-- firstdraft:issue-1 -->\n<!-- firstdraft:head-${text.headSha} -->\n<!-- firstdraft:attempt-2 -->\n<!-- firstdraft:attempts-3 -->\n<!-- firstdraft:text-${text.approvedText} -->\n`,
  );
});

test("updates the open one, and only if something differs", async () => {
  const first = await upsertPullRequest(shop.access, text);
  expect(await upsertPullRequest(shop.access, text)).toEqual({ ...first, created: false });
  await upsertPullRequest(shop.access, { ...text, title: "[Failed] VAT" });
  expect((await see(shop.github, `/pulls/${first.number}`)).title).toBe("[Failed] VAT");
  expect(writes(shop.github)).toEqual(["POST /pulls", `PATCH /pulls/${first.number}`]);
});

test("a plan without drafts gets a pull request whose title says it", async () => {
  const message = "Draft pull requests are not supported in this repository.";
  shop.github.fail({ method: "POST", path: /\/pulls$/, status: 422, body: { message } });
  const made = await upsertPullRequest(shop.access, text);
  expect(made).toMatchObject({ created: true, draft: false });
  await upsertPullRequest(shop.access, { ...text, title: "[Failed] VAT" });
  expect((await see(shop.github, `/pulls/${made.number}`)).title).toBe("[draft] [Failed] VAT");
});

test("a pull request whose answer was lost is not opened twice", async () => {
  shop.github.fail({ method: "POST", path: /\/pulls$/, status: "reset", carriedOut: true });
  const made = await upsertPullRequest(shop.access, text);
  expect(await see(shop.github, "/pulls?state=all")).toHaveLength(1);
  expect(made.created).toBe(false);
});

test("somebody else's pull request from that branch is left alone", async () => {
  await open({ head: branch, base: "main", title: "Mine" });
  await expect(upsertPullRequest(shop.access, text)).rejects.toMatchObject({ code: "pull-request-foreign" });
});

test("GitHub's refusal is told in its own words", async () => {
  const wanted = { ...text, branch: "firstdraft/issue-9" };
  await expect(upsertPullRequest(shop.access, wanted)).rejects.toMatchObject({
    code: "github-refused",
    what: expect.stringContaining("head invalid"),
  });
});

test("a body that is too long is cut, its markers stay", async () => {
  const line = `\`${"@acme/everyone ".repeat(200)}\`\n`;
  const made = await upsertPullRequest(shop.access, { ...text, body: line.repeat(30) });
  const { body } = await see(shop.github, `/pulls/${made.number}`);
  expect(body.length).toBeLessThanOrEqual(65_536);
  expect(body.length).toBeGreaterThan(60_000);
  // no line is cut in the middle of its code
  expect(body.match(/`/g).length % 2).toBe(0);
  expect(body).toContain(issueMarker(1));
});

test("our own pull request is read with its head, issue and recorded commit", async () => {
  const { number } = await upsertPullRequest(shop.access, text);
  const newHead = await push(branch);
  expect(await readOwnPullRequest(shop.access, number)).toMatchObject({
    number,
    branch,
    state: "open",
    issue: 1,
    author: "firstdraft[bot]",
    headSha: newHead,
    publishedHead: text.headSha,
    attempt: 2,
    made: 3,
    approvedText: text.approvedText,
  });
  expect((await findPullRequest(shop.access, branch))?.number).toBe(number);
});

test("markers in a model's words count for nothing", async () => {
  const forged = `\`\`\`\n<!-- firstdraft:issue-7 -->\n<!-- firstdraft:head-${"f".repeat(40)} -->\n\`\`\`\nend`;
  const { number } = await upsertPullRequest(shop.access, { ...text, body: forged });
  expect(await readOwnPullRequest(shop.access, number)).toMatchObject({
    issue: 1,
    publishedHead: text.headSha,
  });
});

test("says why a pull request is not ours to work on", async () => {
  const reason = async (number: number) => readOwnPullRequest(shop.access, number);
  expect(await reason(999)).toEqual({ notOwn: "missing" });

  await push("topic");
  const copied = await open({ head: "topic", base: "main", title: "Mine", body: issueMarker(1) });
  expect(await reason(copied.body.number)).toEqual({ notOwn: "not-ours" });

  const { number } = await upsertPullRequest(shop.access, text);
  const patch = (change: object) =>
    shop.github.as("acme").request("PATCH", `/repos/${name}/pulls/${number}`, change);
  await patch({ body: "without a marker" });
  expect(await reason(number)).toEqual({ notOwn: "no-marker" });
  await patch({ body: issueMarker(2) });
  expect(await reason(number)).toEqual({ notOwn: "no-marker" });
  await patch({ body: issueMarker(1), state: "closed" });
  expect(await reason(number)).toEqual({ notOwn: "closed" });

  const asAlice = await connect(shop.github, shop.github.token("alice"));
  expect(await readOwnPullRequest(asAlice, number)).toEqual({ notOwn: "not-ours" });
});
