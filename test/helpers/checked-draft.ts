import { type CheckRun, type Reporter, report, reportStatus, suiteEnded } from "./checks.ts";
import type { House } from "./house.ts";
import { edit, inOneStep, proved } from "./sums.ts";
import type { TestRepository } from "./test-repository.ts";

/** Lets the model write a draft of `sums` for a new issue, and returns what it came to. */
export async function openDraft(house: House, repository: TestRepository) {
  house.reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  const word = await repository.settled(issue);
  const [pull] = await repository.pulls();
  return { issue, word, number: pull.number as number, head: pull.head.sha as string };
}

/** What a pull request says now. */
export const bodyOf = async (repository: TestRepository, number: number): Promise<string> =>
  (await repository.get(`/pulls/${number}`)).body;

/** A draft of `sums`, to follow what its checks come to. */
export async function checkedDraft(house: House, name: string) {
  const repository = house.at(name);
  const { issue, word, number, head } = await openDraft(house, repository);
  const base = (await repository.get("/git/ref/heads/main")).object.sha as string;
  const now = () => repository.get(`/pulls/${number}`);
  const body = () => bodyOf(repository, number);
  return {
    ...{ repository, issue, word, number, base, head, now, body },
    /** A check of the head, or of another commit. */
    check: (run: CheckRun, by?: Reporter, sha = head) => report(house, name, sha, run, by),
    status: (state: string, context = "ci/outside", sha = head) =>
      reportStatus(house, name, sha, { context, state }),
    /** GitHub tells that a suite has ended, and all that follows is done. */
    async told(sha = head): Promise<string> {
      await suiteEnded(house, name, issue, sha);
      await house.quiet();
      return body();
    },
    /** The issue's comment. */
    onIssue: async () => (await repository.comments(issue))[0] ?? "",
  };
}

/** A correction that leaves all as good as it was. */
export const comment = inOneStep(edit("src/sums.js", "export const add", "// The sum.\nexport const add"));

/** What the model was told first since the last `reply`; "" where it was asked nothing. */
export const firstAsked = (house: House): string =>
  String(JSON.stringify(house.asked()[0]?.body.messages[0]) ?? "");
