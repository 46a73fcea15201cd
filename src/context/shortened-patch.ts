/** A patch without the bytes of binary files, and no longer than `most` characters. */
export function shortenedPatch(patch: string, most: number): string {
  const files = patch.split(/^(?=diff --git )/m);
  const text = files.map((file) => file.replace(/^GIT binary patch\n[\s\S]*/m, "(a binary file)\n")).join("");
  return text.length <= most ? text : `${text.slice(0, most).toWellFormed()}\n… the rest is cut …`;
}
