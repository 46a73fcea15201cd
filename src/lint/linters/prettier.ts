import { holdsKey } from "../holds.ts";
import type { Linter } from "../linter.ts";
import { ended, linesIn, unformatted } from "../read.ts";

/** https://prettier.io/docs/cli: the names of files that it would change. */
export const prettier: Linter = {
  name: "prettier",
  program: "prettier",
  from: "packages",
  settings: [
    { files: /(^|\/)(?:\.prettierrc(?:\.\w+)?|prettier\.config\.[cm]?[jt]s)$/, at: "outermost" },
    { files: /(^|\/)package\.json$/, holds: holdsKey("prettier"), at: "outermost" },
  ],
  files: /\.(?:[cm]?[jt]sx?|json[c5]?|css|scss|less|html|vue|svelte|astro|graphql|gql|md|mdx|ya?ml|hbs)$/,
  args: (files) => ["--list-different", "--ignore-unknown", ...files],
  read: (printed) => ended(printed, unformatted(linesIn(printed.output)), [0], [1]),
};
