/** Who made a commit and when, as the Git Data API says it. */
interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

export interface CommitData {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** A commit object → what the API takes. */
export function parseCommit(content: Buffer): CommitData {
  const text = content.toString("utf8");
  const split = text.indexOf("\n\n");
  const headers = text
    .slice(0, split)
    .split("\n")
    .map((line) => line.split(/ (.*)/s) as [string, string]);
  const all = (name: string) => headers.filter(([key]) => key === name).map(([, value]) => value);
  return {
    tree: all("tree")[0] ?? "",
    parents: all("parent"),
    author: parseSignature(all("author")[0] ?? ""),
    committer: parseSignature(all("committer")[0] ?? ""),
    message: text.slice(split + 2),
  };
}

/** What the API gives → a commit object. The API keeps messages without git's last newline. */
export function formatCommit(data: CommitData): Buffer {
  const lines = [
    `tree ${data.tree}`,
    ...data.parents.map((parent) => `parent ${parent}`),
    `author ${formatSignature(data.author)}`,
    `committer ${formatSignature(data.committer)}`,
  ];
  const message = data.message.endsWith("\n") ? data.message : `${data.message}\n`;
  return Buffer.from(`${lines.join("\n")}\n\n${message}`);
}

function parseSignature(text: string): Signature {
  const [, name = "", email = "", seconds = "0", zone = "+0000"] =
    /^(.*) <(.*)> (\d+) ([+-]\d{4})$/.exec(text) ?? [];
  const offset = Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3)));
  const local = new Date((Number(seconds) + offset * 60) * 1000).toISOString().slice(0, 19);
  return { name, email, date: `${local}${zone.slice(0, 3)}:${zone.slice(3)}` };
}

function formatSignature({ name, email, date }: Signature): string {
  const zone = /([+-])(\d{2}):?(\d{2})$/.exec(date);
  const offset = zone ? `${zone[1]}${zone[2]}${zone[3]}` : "+0000";
  return `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} ${offset}`;
}
