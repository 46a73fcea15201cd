/** How package managers, compilers and shells begin the line that says why they stop. */
const complaint =
  /^\s*(npm (ERR!|error) (?!code|errno|syscall|path|command|A complete log|For a full|Fix the|\S+$)\S|ERR_PNPM|\[?ERR_\w+|ERROR[: ]|error[: ](?! ?subprocess-exited)|fatal: |E: |(E +)?(\w*Error|Caused by): |(sh|bash|\/\S+): .*not found)/;
const anyComplaint =
  /\b(not found|not in (GOROOT|std)|No module named|requires? (at least|go)|unsupported|cannot|could not|failed)\b/i;

/** The line by which a program says why it stopped; undefined where none is known for one. */
export function complaintIn(output: string): string | undefined {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return lines.find((line) => complaint.test(line)) ?? lines.findLast((line) => anyComplaint.test(line));
}
