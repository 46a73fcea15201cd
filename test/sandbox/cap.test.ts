import { expect, test } from "@jest/globals";
import { capOutput } from "../../src/sandbox/cap.ts";
import { keepEnds } from "../../src/sandbox/keep-ends.ts";

const numbers = (count: number): string => Array.from({ length: count }, (_, index) => index + 1).join("\n");

test("a short text stays as it is", () => {
  expect(capOutput("a\nb\n", { lines: 10, bytes: 100, keep: "ends" })).toEqual({ text: "a\nb\n", cut: null });
});

test("of a long text both ends stay, and the line between says what is missing", () => {
  const { text, cut } = capOutput(numbers(1000), { lines: 6, bytes: 1000, keep: "ends" });
  expect(cut).toMatchObject({ fromLine: 4, toLine: 997 });
  expect(text).toBe(`1\n2\n3\n[… lines 4 to 997 left out, ${cut?.bytes} bytes …]\n998\n999\n1000`);
});

test("or only the head, with a note of the caller's", () => {
  const { text } = capOutput(
    numbers(9),
    { lines: 2, bytes: 99, keep: "head" },
    ({ fromLine }) => `go on at ${fromLine}`,
  );
  expect(text).toBe("1\n2\ngo on at 3");
});

test("one endless line is cut inside, between characters", () => {
  const { text, cut } = capOutput("ä".repeat(10_000), { lines: 10, bytes: 101, keep: "ends" });
  expect(Buffer.byteLength(text)).toBeLessThan(200);
  expect(text).not.toContain("\uFFFD");
  expect(text.startsWith("ä")).toBe(true);
  expect(text.endsWith("ä")).toBe(true);
  expect(cut).not.toBeNull();
});

test("a stream keeps its two ends and counts the rest", () => {
  const ends = keepEnds(10);
  for (const part of ["ab", "cdefgh", "ijklmnopqrstuvw", "xyz"]) ends.push(Buffer.from(part));
  expect(ends.truncated).toBe(true);
  expect(ends.total).toBe(26);
  expect(ends.text()).toBe("abcde\n[… 16 bytes left out …]\nvwxyz");
});

test("a stream that fits is whole, and what is not UTF-8 becomes it without growing past the limit", () => {
  const small = keepEnds(100);
  small.push(Buffer.from("grüße"));
  expect(small.text()).toBe("grüße");
  const binary = keepEnds(999);
  binary.push(Buffer.alloc(5000, 0xff));
  expect(Buffer.byteLength(binary.text())).toBeLessThan(1100);
});

test("a stream that comes byte by byte is kept as well", () => {
  const ends = keepEnds(2 ** 19);
  for (let i = 0; i < 700_000; i++) ends.push(Buffer.from([97 + (i % 26)]));
  expect(ends.text()).toMatch(/^abc/);
  expect(ends.text()).toContain("\n[… 175712 bytes left out …]\n");
  expect(Buffer.byteLength(ends.text())).toBeLessThan(2 ** 19 + 64);
});
