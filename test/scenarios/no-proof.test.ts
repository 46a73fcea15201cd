import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { inOneStep, proved, sums, write } from "../helpers/sums.ts";

const configured = (text: string) => ({ ...sums, ".github/firstdraft.yml": text });
const shared = sharedHouse({
  repositories: {
    prose: { "README.md": "# A text\n\nIt has an eror.\n" },
    uninstallable: configured("setup: echo no such registry; exit 7\n"),
    endless: configured("test: sleep 100\nlimits:\n  testMinutes: 0.02\n"),
    patient: configured("limits:\n  testMinutes: 0.2\n  rounds: 0\n"),
  },
});

async function draftOf(name: string): Promise<{ word: string; body: string; conclusion: string }> {
  const repository = shared().at(name);
  const issue = await repository.openIssue();
  await repository.label(issue);
  const word = await repository.settled(issue);
  const [pull] = await repository.pulls();
  const { check_runs: checks } = await repository.get(`/commits/${pull?.head.sha}/check-runs`);
  return { word, body: pull?.body ?? "", conclusion: checks?.[0]?.conclusion };
}

test("without a way to run tests the draft is unverified, and says why", async () => {
  shared().reply(inOneStep(write("README.md", "# A text\n\nIt has no error.\n")));
  const { word, body, conclusion } = await draftOf("prose");
  const sentence =
    "**Unverified**: no way to run tests was found in this repository; `test:` in `.github/firstdraft.yml` names one.";
  expect(word).toContain(sentence);
  expect(body.split("\n")[0]).toBe(sentence);
  expect(conclusion).toBe("neutral");
});

test("dependencies that cannot be installed leave the draft unverified, with the installer's words", async () => {
  shared().reply(proved);
  const { word, body, conclusion } = await draftOf("uninstallable");
  const sentence =
    "**Unverified**: the tests of this repository could not be run. Installing the dependencies failed.";
  expect(word).toContain(sentence);
  expect(body.split("\n")[0]).toBe(sentence);
  expect(body).toContain("Dependencies could not be installed where the model worked.");
  expect(body).toContain("no such registry");
  expect(conclusion).toBe("neutral");
});

test("tests that never end leave the draft unverified", async () => {
  shared().reply(proved);
  const { word, conclusion } = await draftOf("endless");
  expect(word).toContain(
    "**Unverified**: the tests of this repository could not be run. The tests did not end within their time limit.",
  );
  expect(conclusion).toBe("neutral");
});

test("a change with which the tests never end is a failed one", async () => {
  const forever = write(
    "src/sums.js",
    "await new Promise(() => setInterval(() => {}, 1000));\nexport const add = 0, negate = 0;\n",
  );
  shared().reply(inOneStep(forever));
  const { word, body, conclusion } = await draftOf("patient");
  const sentence =
    "**Failed**: the tests cannot be run with this change, though they can without it. The tests did not end within their time limit.";
  expect(word).toContain(sentence);
  expect(body.split("\n")[0]).toBe(sentence);
  expect(conclusion).toBe("failure");
});
