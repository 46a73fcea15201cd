import { expect, test } from "@jest/globals";
import { findings } from "./change.ts";
import { sample } from "./samples.ts";

test.each([
  ["jest", "expect(true).toBe(true);"],
  ["jest", "expect(result).toEqual(result);"],
  ["jest", 'expect("a").toBe("a");'],
  ["jest", "expect(sum === 3 || true).toBe(true);"],
  ["jest", "expect(1 + 1).toBe(2);"],
  ["mocha", "expect(true).to.be.true;"],
  ["node:test", "assert.ok(true);"],
  ["node:test", "assert.equal(x.y, x.y);"],
  ["pytest", "assert True"],
  ["pytest", "assert 1 + 1 == 2"],
  ["pytest", "assert add(1) == add(1)"],
  ["pytest", "assert add(1) == 3 or True"],
  ["pytest", 'assert (add(1), "has a message")'],
  ["unittest", "self.assertTrue(True)"],
  ["unittest", "self.assertEqual(sum, sum)"],
  ["go", "assert.True(t, true)"],
  ["go", "require.Equal(t, sum, sum)"],
  ["cargo", "assert!(true);"],
  ["cargo", "assert_eq!(1 + 1, 2);"],
  ["cargo", "assert_eq!(sum, sum);"],
  ["junit", "assertTrue(true);"],
  ["junit", "assertThat(sum).isEqualTo(sum);"],
  ["googletest", "EXPECT_TRUE(true);"],
  ["googletest", "EXPECT_EQ(sum, sum);"],
  ["catch2", "REQUIRE(true);"],
  ["catch2", "CHECK(sum == sum);"],
])("%s: `%s` is blocked", async (language, text) => {
  const { path, file } = sample(language);
  const found = await findings({}, { [path]: file(text) });
  expect(found.map((line) => line.split(":")[0])).toEqual([`blocking assertion-idle ${path}`]);
});

test.each([
  ["jest", "expect(isSum).toBe(true);"],
  ["jest", 'expect(find("expect(true).toBe(true)")).toBe("a");'],
  ["node:test", "assert.equal(x.y, x.z); // assert.ok(true)"],
  ["pytest", "assert add(1) == add(2)"],
  ["pytest", '"""assert True"""\nassert add(1) == 2'],
  ["unittest", "self.assertEqual(sum, total)"],
  ["go", "assert.True(t, ok)"],
  ["cargo", "assert!(is_sum);"],
  ["cargo", 'assert_eq!("{x}", "3");'],
  ["mocha", "server.get('/').expect(200);"],
  ["jest", "expect.assertions(2);"],
  ["junit", 'fail("no exception");'],
  ["junit", "assertTrue(trueOnly());"],
  ["googletest", "EXPECT_EQ(sum, total);"],
  ["catch2", "CHECK(sum == total);"],
])("%s: `%s` is not", async (language, text) => {
  const { path, file } = sample(language);
  expect(await findings({}, { [path]: file(text) })).toEqual([]);
});

test("in a test that fails on the base it is a remark", async () => {
  const { path, file, name, strict } = sample("cargo");
  const proof = {
    name,
    file: "src/lib.rs",
    base: "absent",
    baseWithTests: "failed",
    head: "passed",
  } as const;
  const found = await findings({}, { [path]: file(`${strict[0]}\nassert!(true);`) }, [proof]);
  expect(found).toEqual([`remark assertion-idle ${path}:6`]);
});
