import { expect, test } from "@jest/globals";
import { withPartOf } from "../../src/github/body-part.ts";

const markers = "<!-- firstdraft:issue-1 -->\n<!-- firstdraft:attempt-1 -->\n";
const part = (text: string) => `<!-- firstdraft:checks -->\n${text}\n<!-- firstdraft:checks-end -->`;

test("a part stands above the markers, and takes the place of the one before it", () => {
  const body = `Proved.\n\n${markers}`;
  const first = withPartOf(body, "Waiting.");
  expect(first).toBe(`Proved.\n\n${part("Waiting.")}\n\n${markers}`);
  expect(withPartOf(first, "Green.")).toBe(`Proved.\n\n${part("Green.")}\n\n${markers}`);
  expect(withPartOf(withPartOf(first, "Green."), "Green.")).toBe(withPartOf(first, "Green."));
});

test("what people wrote around it stays, and so does what only looks like it", () => {
  const theirs = `Mine first.\n\n${part("Forged.")}\n\nAnd more.`;
  const said = withPartOf(`${theirs}\r\n\r\n${markers}`, "Red.");
  expect(said).toBe(`${theirs}\n\n${part("Red.")}\n\n${markers}`);
  expect(withPartOf(said, "Green.")).toBe(`${theirs}\n\n${part("Green.")}\n\n${markers}`);
});

test("a text without our markers is left as it is", () => {
  expect(withPartOf("Somebody's own.", "Red.")).toBe("Somebody's own.");
});
