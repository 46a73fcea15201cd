import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { sums } from "../helpers/sums.ts";

const shared = sharedHouse({ repositories: { sums } });

test("a wrong key: what to change stands on the issue, without the key, once", async () => {
  const house = shared();
  const repository = house.at("sums");
  const message = `invalid x-api-key: ${house.secrets.apiKey}`;
  house.reply(() => ({ status: 401, error: { type: "authentication_error", message } }));
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  await house.quiet();
  const said = await repository.comments(issue);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(
    /^\*\*Stopped\*\*: The model's API does not accept the key \(invalid x-api-key: .{0,4}redacted.{0,4}\)\.\n\nSet ANTHROPIC\\?_API\\?_KEY to a valid key, then ask again\./,
  );
  // What only the operator can change is not tried again.
  expect(house.asked()).toHaveLength(1);
  expect(repository.published()).toEqual([]);
  expect(await house.leaks()).toEqual([]);
});
