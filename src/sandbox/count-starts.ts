import type { Count } from "../log/counts.ts";
import type { Sandbox } from "./sandbox.ts";

/** `sandbox`, but each command that is started in it is counted. */
export function countStarts(sandbox: Sandbox, count: Count): Sandbox {
  return {
    ...sandbox,
    run: (command) => {
      count("sandbox-starts");
      return sandbox.run(command);
    },
    start: (command) => {
      count("sandbox-starts");
      return sandbox.start(command);
    },
  };
}
