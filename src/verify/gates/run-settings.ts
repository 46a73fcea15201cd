// What puts another program into the runner's place is another gate's: runner-shadowed.ts.

/** Where it is said which tests run, and the words by which fewer do. All are looked for in single lines. */
export interface RunSettings {
  readonly files: RegExp;
  /** Added: a selection, which may or may not leave something out. */
  readonly selects?: RegExp;
  /** Added: a failure that no longer counts. */
  readonly softens?: RegExp;
  /** What must stand in one of the lines above for a selection to be one of tests. */
  readonly below?: RegExp;
  /** Removed without another in its place: something that ran the tests. */
  readonly runs?: RegExp;
}

const js =
  /\b(?:testPathIgnorePatterns|modulePathIgnorePatterns|testMatch|testRegex|testNamePattern|testPathPatterns?|roots|projects|exclude|include|grep|fgrep|invert|spec|specs|spec_files|spec_dir|ignore|files|shard|changed|filter|random)["']?\s*[:=]/;
const jsSoft =
  /\b(?:passWithNoTests|dangerouslyIgnoreUnhandledErrors|retry|retries|retryTimes|allowUncaught|bail|forbidOnly|forbid-only|expect\.hasAssertions|failZero|fail-zero)["']?\s*[:=]/;
const pytest =
  /\b(?:testpaths|norecursedirs|python_files|python_functions|python_classes|collect_ignore(?:_glob)?)\b\s*=|\bpytest_(?:collection_modifyitems|ignore_collect|collect_file|pycollect_makeitem|itemcollected|generate_tests)\b|(?:^|[\s"',=])(?:-k|-m|--ignore(?:-glob)?|--deselect|--lf|--last-failed|--ff|--sw|--stepwise|--collect-only|--co|-p\s+no:\w+)(?=[\s"',=]|$)/;
const pytestSoft =
  /\bpytest_exception_interact\b|\b(?:rep|report|outcome|result|call|item)\w*\.(?:outcome|excinfo|wasxfail|passed|failed)\s*=(?!=)|\bexitstatus\s*=(?!=)|\bforce_result\(|\badd_marker\(.*(?:skip|xfail)|--(?:maxfail|reruns|exitfirst|suppress-no-test-exit-code)\b|\bsys\.exit\(/;
const shellSelects =
  /(?:\bgo|\$\(GO\)|\$\{GO\})\s+test\b.*\s-(?:run|skip|short|tags)\b|\bpytest\b.*\s(?:-k|-m|--ignore|--deselect)|\bctest\b.*\s-(?:R|E|L|LE)\b|\bcargo\s+test\b.*(?:--skip|--lib|--exclude|\s--\s)|\bmvn\b.*-D(?:test|skipTests|maven\.test\.skip)|\bgradlew?\b.*\s(?:--tests|-x\s*test)/;
const shellSoft =
  /\b(?:go\s+test|cargo\s+test|pytest|ctest|npm\s+(?:run\s+)?test|mvn|gradlew?|jest|vitest|mocha)\b.*(?:\|\||;)\s*(?:true|:|exit\s+0|echo\b)|^\t-\s*(?:go\s+test|cargo\s+test|\S*pytest|ctest|npm)\b/;

export const runSettings: readonly RunSettings[] = [
  {
    files:
      /(?:^|\/)(?:(?:jest|vitest|vite|ava|playwright|cypress|karma)[\w.-]*\.[cm]?[jt]s(?:on)?|vitest\.workspace\.\w+|\.mocharc(?:\.\w+)?|mocha\.opts|jasmine\.(?:json|m?js)|\.taprc|bunfig\.toml)$/,
    selects: js,
    softens: jsSoft,
  },
  {
    files: /(?:^|\/)package\.json$/,
    selects:
      /"(?:testPathIgnorePatterns|modulePathIgnorePatterns|testMatch|testRegex|testNamePattern|roots|projects|grep|spec|ignore)"\s*:/,
    softens: /"(?:passWithNoTests|bail|retries|dangerouslyIgnoreUnhandledErrors)"\s*:/,
  },
  {
    files:
      /(?:^|\/)(?:conftest\.py|pytest\.ini|\.pytest\.ini|pyproject\.toml|setup\.cfg|tox\.ini|noxfile\.py)$/,
    selects: pytest,
    softens: pytestSoft,
  },
  {
    files: /(?:^|\/)(?:GNUm|M|m)akefile$|\.mk$|(?:^|\/)(?:justfile|Taskfile\.ya?ml|Rakefile)$|\.sh$/,
    selects: shellSelects,
    softens: shellSoft,
    runs: /(?:\$\(GO\)|\$\{GO\})\s+test\b|\b(?:go\s+test|cargo\s+test|pytest|ctest|npm\s+(?:run\s+)?test|mvn\s+.*test|gradlew?\s+.*test)\b/,
  },
  {
    files: /(?:^|\/)Cargo\.toml$/,
    selects:
      /^\s*(?:test|autotests|doctest|harness)\s*=\s*false\b|^\s*(?:exclude|default-members|required-features)\s*=/,
    softens: /^\s*(?:debug-assertions|overflow-checks)\s*=\s*false\b/,
    runs: /^\s*\[\[test\]\]/,
  },
  {
    files: /(?:^|\/)pom\.xml$/,
    selects:
      /<(?:excludes?|includes?|groups|excludedGroups|excludesFile|includesFile|test|tags)>|<(?:skipTests|skip|maven\.test\.skip|skipITs)>\s*true/,
    below: /\b(?:surefire|failsafe)\b/,
    softens:
      /<(?:testFailureIgnore|maven\.test\.failure\.ignore)>\s*true|<(?:rerunFailingTestsCount|failIfNoTests|failIfNoSpecifiedTests)>|<enableAssertions>\s*false/,
    runs: /<module>/,
  },
  {
    files: /(?:^|\/)(?:build|settings)\.gradle(?:\.kts)?$|(?:^|\/)gradle\.properties$/,
    selects:
      /\b(?:excludeTestsMatching|includeTestsMatching|excludeTest|includeTest|excludeTags|includeTags|excludeCategories|excludeEngines)\b|\bexclude\b\s*[("'].*[tT]est|\bfilter\s*\{|\bonlyIf\s*\{\s*false/,
    softens:
      /\bignoreFailures\s*=?\s*true\b|\bfailOnNoDiscoveredTests\b|\bmaxRetries\b|\benableAssertions\s*=\s*false/,
  },
  {
    files: /(?:^|\/)(?:CMakeLists\.txt|CTestCustom\.cmake(?:\.in)?)$|\.cmake$/,
    selects:
      /\bCTEST_CUSTOM_TESTS_IGNORE\b|\bTEST_(?:FILTER|SPEC)\b|--gtest_filter|\bBUILD_TESTING\b.*\bOFF\b/,
    softens:
      /\bWILL_FAIL\b|\bDISABLED\s+(?:TRUE|ON|1|true)\b|\b(?:SKIP_RETURN_CODE|SKIP_REGULAR_EXPRESSION|PASS_REGULAR_EXPRESSION)\b/,
    runs: /\b(?:add_\w*test\w*|gtest_discover_tests|gtest_add_tests|catch_discover_tests|doctest_discover_tests|enable_testing|add_subdirectory\s*\(\s*\w*test\w*)\b/,
  },
  {
    files: /(?:^|\/)meson(?:\.build|\.options|_options\.txt)$/,
    selects: /\bexclude_suites\s*:|\bdisabler\s*\(/,
    softens: /\bshould_fail\s*:\s*true\b/,
    runs: /^\s*(?:test|subdir)\s*\(.*\btest|^\s*test\s*\(/,
  },
  {
    files: /^\.github\/firstdraft\.ya?ml$/,
    selects: /^\s*(?:test|tests|report)\s*:/,
    runs: /^\s*(?:test|tests|report)\s*:/,
  },
];
