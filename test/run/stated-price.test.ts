import { expect, test } from "@jest/globals";
import { statedPrice } from "../../src/run/stated-price.ts";

const price = { inputPerMTok: 0.1, outputPerMTok: 0.5 };

test("the operator's price is for the operator's model, whoever names it", () => {
  expect(statedPrice("own-model", { model: "own-model", price }, {})).toEqual({ price });
  expect(statedPrice("own-model", { model: "own-model", price }, { model: "own-model" })).toEqual({ price });
  // chosen on the command line, over the repository's
  expect(statedPrice("typed", { model: "typed", price }, { model: "claude-opus-5" })).toEqual({ price });
  expect(statedPrice("own-model", { model: "own-model" }, {})).toEqual({});
});

test("a repository's own choice has its list price, or does not run on the operator's money", () => {
  expect(statedPrice("claude-opus-5", { model: "own-model", price }, { model: "claude-opus-5" })).toEqual({});
  expect(() => statedPrice("unlisted", { price }, { model: "unlisted" })).toThrow(
    "The price of the model unlisted",
  );
});
