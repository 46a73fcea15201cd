import { readFileSync } from "node:fs";

export interface Instruction {
  readonly name: string;
  /** What stands behind the name, in one line. */
  readonly text: string;
}

/** The instructions of the Dockerfile, in their order. */
export function readDockerfile(): Instruction[] {
  const lines = readFileSync("Dockerfile", "utf8")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n");
  return lines
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => {
      const [, name = "", text = ""] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
      return { name, text };
    });
}
