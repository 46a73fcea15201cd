import { expect, test } from "@jest/globals";
import { serve } from "../../src/app/serve.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { until } from "../helpers/until.ts";
import { remove } from "../job/stores.ts";
import { gitHub, options } from "./door.ts";

test("what an earlier process left is looked for before any job, and only by who has the folder", async () => {
  const [github, dir] = [await gitHub(), await dataFolder()];
  const order: string[] = [];
  const base = options(github, dir, {
    intake: async () => {
      order.push("job");
      return "refused";
    },
  });
  const alone = async () => void order.push("alone");
  const app = await serve({ ...base, alone });
  try {
    await expect(serve({ ...base, alone })).rejects.toMatchObject({ code: "data-dir-locked" });
    github.deliverTo(`${app.url}/api/github/webhooks`);
    const maintainer = github.as("maintainer");
    const { number } = await maintainer.openIssue("acme/sums", { title: "t", body: "b" });
    await maintainer.label("acme/sums", number, "ai-generate");
    await until("the job is taken in", () => order.length > 1);
    expect(order).toEqual(["alone", "job"]);
  } finally {
    await app.close();
    await github.close();
    remove(dir);
  }
});

test("what cannot be removed keeps the App from starting", async () => {
  const [github, dir] = [await gitHub(), await dataFolder()];
  const alone = () => Promise.reject(new Error("still there"));
  await expect(serve({ ...options(github, dir), alone })).rejects.toThrow("still there");
  // The folder is free again.
  await (await serve(options(github, dir))).close();
  await github.close();
  remove(dir);
});
