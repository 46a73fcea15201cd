import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Serving, serve } from "../../src/app/serve.ts";
import { runJobId } from "../../src/job/identity.ts";
import { openStore, type Store } from "../../src/job/store.ts";
import { postgresPrograms, startPostgres, type TestPostgres } from "../job/postgres.ts";
import { pglite, remove, temporary } from "../job/stores.ts";
import { type GitHub, gitHub, options } from "./door.ts";

const programs = postgresPrograms();
let postgres: TestPostgres | undefined;
let github: GitHub;
let app: Serving | undefined;
let other: Store | undefined;
const folders = [temporary(), temporary(), temporary(), temporary()] as const;

// Debian's postgresql package is not everywhere.
(programs === null ? describe.skip : describe)("two Apps on one PostgreSQL", () => {
  beforeAll(async () => {
    postgres = await startPostgres(programs ?? "");
    other = await openStore({ ...pglite(folders[1]), databaseUrl: postgres.url });
    github = await gitHub();
  });
  afterAll(async () => {
    await app?.close(0);
    await other?.close();
    await Promise.all([github?.close(), postgres?.stop()]);
    for (const folder of folders) remove(folder);
  });

  /** Lets a run say two things, and another App claim its job at a moment between the two. Returns how the second ended. */
  async function lost(
    name: string,
    folder: string,
    whileSaying: (claim: () => Promise<unknown>) => Promise<unknown>,
  ) {
    const databaseUrl = postgres?.url ?? "";
    const ended = Promise.withResolvers<unknown>();
    const run: Parameters<typeof options>[2] = {
      run: async ({ key }, { octokit, repository }, _, attempt) => {
        if (attempt > 1) return;
        const issue_number = Number(key.split("#")[1]);
        const say = (body: string) =>
          octokit.rest.issues.createComment({ ...repository, issue_number, body });
        await say("Ours.");
        // As another App claims a job whose worker gave no sign of life.
        const claim = async () =>
          other?.boss
            .getDb()
            .executeSql("UPDATE pgboss.job SET retry_count = retry_count + 1 WHERE id = $1", [runJobId(key)]);
        await whileSaying(claim);
        await octokit.rest.repos.get({ ...repository });
        ended.resolve(await say("No longer ours.").catch((error: unknown) => error));
      },
    };
    app = await serve({ ...options(github, folder, run), databaseUrl });
    github.deliverTo(`${app.url}/api/github/webhooks`);
    const ada = github.as("maintainer");
    const { number } = await ada.openIssue(name, { title: "Off by one", body: "See above." });
    await ada.label(name, number, "ai-generate");
    const how = String(await ended.promise);
    await app.close(0);
    app = undefined;
    const { body: comments } = await ada.request("GET", `/repos/${name}/issues/${number}/comments`);
    return { how, comments: comments.map(({ body }: { body: string }) => body) };
  }

  test("the one that lost its claim reads on, but writes nothing to GitHub any more", async () => {
    const { how, comments } = await lost("acme/sums", folders[0], (claim) => claim());
    expect(how).toContain("lost its claim");
    expect(comments).toEqual(["Ours."]);
  });

  test("nor with a fresh token, where the claim was lost while GitHub refused the last one", async () => {
    let from = 0;
    const { how, comments } = await lost("acme/third", folders[3], async (claim) => {
      from = github.requests.length;
      github.fail({ method: "POST", path: /\/comments$/, status: 401, before: claim });
    });
    expect(how).toContain("lost its claim");
    expect(comments).toEqual(["Ours."]);
    const asked = github.requests
      .slice(from)
      .map(({ method, path, status }) => `${method} ${path} ${status}`);
    expect(asked).toContainEqual(expect.stringMatching(/^POST .*\/access_tokens 201$/));
  });

  test("nor does it ask again what GitHub failed to do while the claim was lost", async () => {
    const { how, comments } = await lost("acme/other", folders[2], async (claim) => {
      github.fail({ method: "POST", path: /\/comments$/, status: 502, before: claim });
    });
    expect(how).toContain("lost its claim");
    expect(comments).toEqual(["Ours."]);
  });
});
