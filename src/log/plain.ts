import { stripVTControlCharacters } from "node:util";

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Program output as harmless text: no terminal codes, no overwriting of lines, no control characters. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replace(/\r\n?/g, "\n").replace(control, "");
}
