import type { TestResult } from "../types.ts";
import { readJunit } from "./junit.ts";

/** Reports of Catch2 are named so, and after CTest's test. */
export const catch2Report = /^catch2-(.+)\.xml$/;

/**
 * Given the folder of reports, lets every program that CTest runs without arguments and that is built on Catch2 (2 or 3)
 * write JUnit XML there: by CTest's own files below the current folder, after the build. Catch2 has no variable for it.
 */
export const askCatch2 = `
find . -name CTestTestfile.cmake | while IFS= read -r file; do
  sed -n 's/^ *add_test(\\(\\[=*\\[\\)\\{0,1\\}\\([A-Za-z0-9_.+-]*\\)\\(\\]=*\\]\\)\\{0,1\\} "\\([^"]*\\)")$/\\2 \\4/p' "$file" |
    while IFS=' ' read -r name program; do
      grep -q N5Catch "$program" 2>/dev/null || continue
      sed -i "s|^\\( *add_test([^ ]* \\"$program\\"\\))\\$|\\1 \\"-r\\" \\"junit\\" \\"-o\\" \\"$1/catch2-$name.xml\\")|" "$file"
    done
done
true
`;

const mayFail = "TEST_CASE tagged with !mayfail";

/** The test cases of one program, `case/section` where there are sections. */
export function readCatch2(xml: string): TestResult[] {
  // It says of them that they are skipped, and that they failed: what comes first counts here.
  const text = xml.replaceAll(`<skipped message="${mayFail}"/>`, `<failure message="${mayFail}"/>`);
  return readJunit(new Map([["report", text]])).map(({ name, file, state, message }) => ({
    name: name.replace(/^[\w.+-]+::/, ""),
    file,
    ...(message === mayFail
      ? { state: "skipped" }
      : { state, ...(message === undefined ? {} : { message }) }),
  }));
}
