/** Comments that Markdown does not show: how our texts are found again. */
export const issueMarker = (issue: number): string => `<!-- firstdraft:issue-${issue} -->`;

/** The commit that a pull request was last published with: whatever else stands on the branch is not ours. */
export const headMarker = (sha: string): string => `<!-- firstdraft:head-${sha} -->`;

export const commentMarker = (key: string): string => `<!-- firstdraft:${key} -->`;

/** What follows stands below the status, and stays when that changes. */
export const noteMarker = "<!-- firstdraft:note -->";

/** Between the two: what follows tells of a correction of the draft that the status links. */
export const correctionMarker = "<!-- firstdraft:correction -->";

/** Which attempt a pull request shows. */
export const attemptMarker = (attempt: number): string => `<!-- firstdraft:attempt-${attempt} -->`;

/** How many attempts there were, whichever is shown. */
export const madeMarker = (made: number): string => `<!-- firstdraft:attempts-${made} -->`;

/** The text of the issue that it was drafted for, as SHA-256: what was approved, to be recognised later. */
export const textMarker = (digest: string): string => `<!-- firstdraft:text-${digest} -->`;

/** The text for which a label waits for `/approve`, by its `textDigest`. Not of letters alone: it stays when notes are written. */
export const waitingMarker = (digest: string): string => `<!-- firstdraft:waits-1-${digest} -->`;

/** What waits for an answer, as data of ours: it stays when notes are written. */
export const heldMarker = (data: string): string => `<!-- firstdraft:held-1-${data} -->`;

/** The issue that one part of another was made into. `digest`: of what was proposed for it, since another proposal may follow. */
export const partMarker = (issue: number, part: number, digest: string): string =>
  `<!-- firstdraft:part-${part}-of-${issue}-${digest} -->`;

/** What was agreed on before the work, as data of ours. */
export const agreedMarker = (data: string): string => `<!-- firstdraft:agreed-1-${data} -->`;

/** We have marked the pull request as ready for review. */
const readyMarker = "<!-- firstdraft:ready-1 -->";
const endOfReady = new RegExp(`\\n${readyMarker}\\n?$`);

export const hasReadyMarker = (body: string): boolean => endOfReady.test(body.replaceAll("\r", "").trimEnd());

/** A text that ends with our markers, with this one or without it. */
export function withReadyMarker(body: string, marked: boolean): string {
  const rest = body.replaceAll("\r", "").trimEnd().replace(endOfReady, "");
  return `${rest}\n${marked ? `${readyMarker}\n` : ""}`;
}

export interface Markers {
  readonly issue: number | null;
  readonly head: string | null;
  /** 0 where none is marked. */
  readonly attempt: number;
  /** How many there were: at least the one that is shown. */
  readonly made: number;
  readonly text: string | null;
  /** As `agreedMarker` took it. */
  readonly agreed: string | null;
}

/** Reads the markers at the end of a text: what stands further up may be a model's or a stranger's. */
export function readMarkers(text: string): Markers {
  const end =
    /(?:(?:^|\n)<!-- firstdraft:[a-z\d-]+ -->)+$/.exec(text.replaceAll("\r", "").trimEnd())?.[0] ?? "";
  const issue = /<!-- firstdraft:issue-(\d+) -->/.exec(end)?.[1];
  const head = /<!-- firstdraft:head-([0-9a-f]{40}) -->/.exec(end)?.[1];
  const attempt = /<!-- firstdraft:attempt-(\d+) -->/.exec(end)?.[1];
  const made = /<!-- firstdraft:attempts-(\d+) -->/.exec(end)?.[1];
  const digest = /<!-- firstdraft:text-([0-9a-f]{64}) -->/.exec(end)?.[1];
  const agreed = /<!-- firstdraft:agreed-1-([0-9a-f]+) -->/.exec(end)?.[1];
  return {
    text: digest ?? null,
    agreed: agreed ?? null,
    issue: issue ? Number(issue) : null,
    head: head ?? null,
    attempt: Number(attempt ?? 0),
    made: Math.max(Number(made ?? 0), Number(attempt ?? 0)),
  };
}

/** Text with its markers at the end, no longer than GitHub takes (65,536 characters). */
export function withMarkers(text: string, markers: readonly string[]): string {
  const end = `\n\n${markers.join("\n")}\n`;
  return `${wholeLines(text.trimEnd(), 65_536 - end.length)}${end}`;
}

/** Cut at the end of a line: half a piece of code would be no code, and what is in it would act. */
export function wholeLines(text: string, most: number): string {
  if (text.length <= most) return text;
  return text.slice(0, Math.max(0, text.lastIndexOf("\n", most)));
}

/** In a commit's message, as a git trailer. */
export const commitTrailer = (branch: string): string => `Firstdraft-Branch: ${branch}`;

/** Adds the trailer to the last paragraph if that holds trailers already: git reads only one such block. */
export function withTrailer(message: string, trailer: string): string {
  const text = message.trimEnd();
  const last = text.slice(text.lastIndexOf("\n\n") + 2).split("\n");
  const isBlock = text.includes("\n\n") && last.every((line) => /^[A-Za-z][A-Za-z-]*: \S/.test(line));
  return `${text}${isBlock ? "\n" : "\n\n"}${trailer}\n`;
}
