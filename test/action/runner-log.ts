/** One command that a runner reads out of a log. */
export interface Command {
  readonly name: string;
  readonly data: string;
}

/** The commands that a runner knows; anything else is text. */
const known = new Set([
  ...["add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "notice"],
  ...["remove-matcher", "save-state", "set-env", "set-output", "stop-commands", "warning"],
]);

/**
 * Reads what a step prints as the runner does: `::name properties::data` at a line's start, `##[name properties]data`
 * anywhere in it. https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function readLog(printed: string): { commands: Command[]; log: string } {
  const commands: Command[] = [];
  const log: string[] = [];
  let resume: string | null = null;
  for (const line of printed.split(/\r\n|\r|\n/)) {
    const command = parse(line);
    if (resume !== null) {
      if (command?.name === resume) resume = null;
      else log.push(line);
    } else if (command === null || !known.has(command.name)) log.push(line);
    else {
      if (command.name === "stop-commands") resume = command.data.toLowerCase();
      commands.push(command);
    }
  }
  return { commands, log: log.join("\n") };
}

function parse(line: string): Command | null {
  const second = /^::(.*?)::(.*)$/s.exec(line.trimStart());
  const first = second ?? /##\[(.*?)\](.*)$/s.exec(line);
  if (first === null) return null;
  const [name = ""] = (first[1] ?? "").trim().split(" ");
  return { name: name.toLowerCase(), data: decoded(first[2] ?? "") };
}

const decoded = (data: string) => data.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
