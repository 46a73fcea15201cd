/** One file of tests with one test in it, `adds`, in each language. `BODY` of `tested` is what the test does. */
export interface Sample {
  readonly path: string;
  /** The name of the test as its runner gives it. */
  readonly name: string;
  file(body: string, above?: string, name?: string): string;
  /** The assertions of a test that checks something: two lines. */
  readonly strict: readonly [string, string];
  readonly comment: string;
}

const indented = (body: string, by: string) => body.replaceAll(/^(?=.)/gm, by);

export const samples: Readonly<Record<string, Sample>> = {
  jest: {
    path: "src/add.test.ts",
    name: "add > adds",
    file: (body, above = "", name = "adds") =>
      `describe("add", () => {\n${above}  it("${name}", async () => {\n${indented(body, "    ")}\n  });\n});\n`,
    strict: ["expect(add(1, 2)).toBe(3);", "expect(add(2, 5)).toEqual(7);"],
    comment: "//",
  },
  mocha: {
    path: "test/add.js",
    name: "add adds",
    file: (body, above = "", name = "adds") =>
      `describe('add', function () {\n${above}  it('${name}', function () {\n${indented(body, "    ")}\n  });\n});\n`,
    strict: ["assert.strictEqual(add(1, 2), 3);", "add(2, 5).should.equal(7);"],
    comment: "//",
  },
  "node:test": {
    path: "test/add.test.mjs",
    name: "adds",
    file: (body, above = "", name = "adds") =>
      `${above}test("${name}", (t) => {\n${indented(body, "  ")}\n});\n`,
    strict: ["assert.equal(add(1, 2), 3);", "assert.deepEqual(add(2, 5), 7);"],
    comment: "//",
  },
  pytest: {
    path: "tests/test_add.py",
    name: "test_adds",
    file: (body, above = "", name = "adds") => `${above}def test_${name}():\n${indented(body, "    ")}\n`,
    strict: ["assert add(1, 2) == 3", "assert add(2, 5) == 7"],
    comment: "#",
  },
  unittest: {
    path: "tests/test_sum.py",
    name: "TestSum::test_adds",
    file: (body, above = "", name = "adds") =>
      `class TestSum(unittest.TestCase):\n${above}    def test_${name}(self):\n${indented(body, "        ")}\n`,
    strict: ["self.assertEqual(add(1, 2), 3)", "self.assertEqual(add(2, 5), 7)"],
    comment: "#",
  },
  go: {
    path: "sum/add_test.go",
    name: "TestAdds",
    file: (body, above = "", name = "adds") =>
      `package sum\n\n${above}func Test${name[0]?.toUpperCase()}${name.slice(1)}(t *testing.T) {\n${indented(body, "\t")}\n}\n`,
    strict: ["assert.Equal(t, 3, Add(1, 2))", "require.Equal(t, 7, Add(2, 5))"],
    comment: "//",
  },
  cargo: {
    path: "src/add.rs",
    name: "add::tests::adds",
    file: (body, above = "", name = "adds") =>
      `#[cfg(test)]\nmod tests {\n    #[test]\n${above}    fn ${name}() {\n${indented(body, "        ")}\n    }\n}\n`,
    strict: ["assert_eq!(add(1, 2), 3);", "assert_eq!(add(2, 5), 7);"],
    comment: "//",
  },
  junit: {
    path: "src/test/java/AddTest.java",
    name: "AddTest::adds",
    file: (body, above = "", name = "adds") =>
      `class AddTest {\n${above}  @Test\n  void ${name}() throws Exception {\n${indented(body, "    ")}\n  }\n}\n`,
    strict: ["assertEquals(3, add(1, 2));", "assertThat(add(2, 5)).isEqualTo(7);"],
    comment: "//",
  },
  googletest: {
    path: "test/add-test.cc",
    name: "Add.adds",
    file: (body, above = "", name = "adds") => `${above}TEST(Add, ${name}) {\n${indented(body, "  ")}\n}\n`,
    strict: ["EXPECT_EQ(add(1, 2), 3);", "ASSERT_EQ(add(2, 5), 7);"],
    comment: "//",
  },
  catch2: {
    path: "tests/add.cpp",
    name: "adds",
    file: (body, above = "", name = "adds") => `${above}TEST_CASE("${name}") {\n${indented(body, "  ")}\n}\n`,
    strict: ["REQUIRE(add(1, 2) == 3);", "CHECK(add(2, 5) == 7);"],
    comment: "//",
  },
};

/** A sample by its name. */
export function sample(name: string): Sample {
  const found = samples[name];
  if (found === undefined) throw new Error(`there is no sample ${name}`);
  return found;
}
