import type { Linter } from "../linter.ts";
import { biome } from "./biome.ts";
import { black } from "./black.ts";
import { cargoFmt, clippy } from "./cargo.ts";
import { eslint } from "./eslint.ts";
import { flake8 } from "./flake8.ts";
import { gofmt, goVet } from "./go.ts";
import { mypy } from "./mypy.ts";
import { prettier } from "./prettier.ts";
import { pylint } from "./pylint.ts";
import { ruff, ruffFormat } from "./ruff.ts";
import { tsc } from "./tsc.ts";

/** Every linter that is known, the quick ones first. A new one is a file of its own and a line here. */
export const linters: readonly Linter[] = [
  ...[gofmt, cargoFmt, biome, ruff, ruffFormat, flake8, black, prettier, eslint],
  ...[tsc, goVet, mypy, pylint, clippy],
];
