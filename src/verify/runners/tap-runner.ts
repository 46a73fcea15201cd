import { readPrinted } from "./printed.ts";
import { wordsOf } from "./recognise.ts";
import { type TestRunner, withArguments } from "./runner.ts";
import { printedSummary } from "./summaries.ts";

/** Runners of JavaScript that print TAP where nobody watches, or where they are asked to. One that does not has its exit code. */
export const tapRunner: TestRunner = {
  ask: (toolchain) => {
    const { test, testWithArguments = test, script = test } = toolchain;
    const isAva = wordsOf(script).some((word) => /(^|\/)ava$/.test(word));
    return { command: isAva ? withArguments(toolchain, "--tap") : testWithArguments.replace(/ --$/, "") };
  },
  // Where the script names files, those given would be added to them.
  only: (toolchain, files) =>
    /(^|[\s/])(ava|tap)$/.test((toolchain.script ?? toolchain.test).trim())
      ? withArguments(toolchain, ...files)
      : null,
  readsOutput: true,
  summary: printedSummary,
  read: (reports) => readPrinted(reports.get("output") ?? ""),
};
