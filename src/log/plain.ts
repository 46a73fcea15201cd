/**
 * Terminal sequences by ECMA-48: commands with parameters (CSI), texts for the terminal such as links and titles (OSC),
 * and two-character ones. No class holds what begins a sequence, so that time grows with the length and no faster, as
 * `stripVTControlCharacters` of Node 24 does on unfinished ones.
 */
export const terminalCode =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c\u009d]*(?:\u0007|\u009c|\u001b\\)|\u001b[ -/]*[0-~]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Program output as harmless text: no terminal codes, no overwriting of lines, no control characters, no half pairs. */
export function plain(text: string): string {
  return text.replace(terminalCode, "").replace(/\r\n?/g, "\n").replace(control, "").toWellFormed();
}
