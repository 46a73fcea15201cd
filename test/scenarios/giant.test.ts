import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";

const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 123456789\n`;
const shared = sharedHouse({
  repositories: {
    sums,
    zeros: { ...sums, "zeros.bin": Buffer.alloc(3 * 2 ** 20) },
    pictures: {
      ...sums,
      ".gitattributes": "*.png filter=lfs diff=lfs merge=lfs -text\n",
      "logo.png": pointer,
    },
  },
  env: { FIRSTDRAFT_MAX_REPOSITORY_MIB: "2" },
});

async function settled(name: string) {
  const repository = shared().at(name);
  const issue = await repository.openIssue();
  await repository.label(issue);
  return { repository, word: await repository.settled(issue) };
}

const raise =
  "Take large files out of it, or let the operator raise FIRSTDRAFT_MAX_REPOSITORY_MIB and ask again.";

test("a repository that GitHub says is giant is not fetched, and that is said", async () => {
  const house = shared();
  house.reply([]);
  const facts = await house.at("sums").get("");
  const path = /^\/repos\/acme\/sums$/;
  const body = { ...facts, size: 5 * 2 ** 20 };
  house.github.fail({ method: "GET", path, status: 200, times: 2, body });
  const { repository, word } = await settled("sums");
  expect(word).toBe(
    `**Stopped**: The repository acme/sums has 5120 MiB on GitHub, history included; those of up to 2 MiB are fetched here.\n\n${raise}`,
  );
  expect(house.github.requests.filter(({ path }) => path.includes("/git-upload-pack"))).toEqual([]);
  expect(house.asked()).toEqual([]);
  expect(repository.published()).toEqual([]);
});

test("what GitHub has not measured yet is found out before it is written down", async () => {
  shared().reply([]);
  const { word } = await settled("zeros");
  expect(word).toBe(
    `**Stopped**: The newest commit of acme/zeros has files of more than 2 MiB together, or more than 1000000 files.\n\n${raise}`,
  );
  expect(shared().asked()).toEqual([]);
});

test("files in Git LFS stay pointers, and the draft says so", async () => {
  shared().reply(proved);
  const { repository, word } = await settled("pictures");
  expect(word).toContain("**Verified**: ");
  const [pull] = await repository.pulls();
  expect(pull.body).toContain(
    "- Files that the repository keeps in Git LFS were pointers to the model and to the tests: their contents are not fetched.",
  );
});
