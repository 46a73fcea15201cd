import { afterAll, beforeAll, jest } from "@jest/globals";
import { type House, type HouseOptions, openHouse } from "./house.ts";
import { patience } from "./until.ts";

/** One house for all tests of a file: starting it takes longer than most of them. */
export function sharedHouse(options: HouseOptions): () => House {
  jest.setTimeout(patience);
  let house: House | undefined;
  beforeAll(async () => {
    house = await openHouse(options);
  });
  afterAll(async () => {
    await house?.[Symbol.asyncDispose]();
  });
  return () => {
    if (house === undefined) throw new Error("The house is not open.");
    return house;
  };
}
