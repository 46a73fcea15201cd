import { expect, test } from "@jest/globals";
import { openCompany } from "../../src/job/company.ts";

const never = new AbortController().signal;

test("who is to be alone waits for those that are here, and nobody else is let in until it has left", async () => {
  const company = openCompany();
  const leave = [await company.enter("beside", never), await company.enter("beside", never)];
  let isAlone = false;
  const alone = company.enter("alone", never).then((out) => {
    isAlone = true;
    return out;
  });
  expect(await company.enter("beside", never)).toBeNull();
  expect(await company.enter("alone", never)).toBeNull();
  leave[0]?.();
  await Promise.resolve();
  expect(isAlone).toBe(false);
  leave[1]?.();
  const out = await alone;
  expect(await company.enter("beside", never)).toBeNull();
  out?.();
  expect(await company.enter("beside", never)).not.toBeNull();
});

test("who no longer waits to be alone lets others in", async () => {
  const company = openCompany();
  const leave = await company.enter("beside", never);
  const stop = new AbortController();
  const alone = company.enter("alone", stop.signal);
  stop.abort();
  await expect(alone).rejects.toThrow("aborted");
  expect(await company.enter("beside", never)).not.toBeNull();
  leave?.();
});
