/** Collects a stream but keeps only its two ends: memory stays bounded however much comes. */
export interface Ends {
  push(chunk: Buffer): void;
  /** Bytes seen in all. */
  readonly total: number;
  readonly truncated: boolean;
  /** Valid UTF-8 of about `limit` bytes at most, with a line that says how much is missing. */
  text(): string;
}

/** Room for the line about what is missing. */
const NOTE_BYTES = 64;

/** Bytes up to which pieces are joined. */
const BLOCK = 4096;

/** Adds a piece to others. Small ones become one: a program may write byte by byte, and a list of millions is slow. */
export function append(pieces: Buffer[], piece: Buffer): void {
  const last = pieces.at(-1);
  if (last === undefined || last.length + piece.length > BLOCK) pieces.push(piece);
  else pieces[pieces.length - 1] = Buffer.concat([last, piece]);
}

export function keepEnds(limit: number): Ends {
  const head: Buffer[] = [];
  const tail: Buffer[] = [];
  const headLimit = Math.floor(limit / 2);
  const tailLimit = limit - headLimit;
  let headBytes = 0;
  let tailBytes = 0;
  let total = 0;

  const push = (chunk: Buffer): void => {
    total += chunk.length;
    const forHead = Math.min(chunk.length, headLimit - headBytes);
    if (forHead > 0) {
      append(head, chunk.subarray(0, forHead));
      headBytes += forHead;
    }
    if (forHead === chunk.length) return;
    const rest = chunk.subarray(forHead);
    append(tail, rest);
    tailBytes += rest.length;
    for (let first = tail[0]; first && tailBytes - first.length >= tailLimit; first = tail[0]) {
      tail.shift();
      tailBytes -= first.length;
    }
  };

  const text = (): string => {
    const decoded = decode();
    if (Buffer.byteLength(decoded) <= limit + NOTE_BYTES) return decoded;
    // each invalid byte became the three bytes of U+FFFD
    const again = keepEnds(limit);
    again.push(Buffer.from(decoded));
    return again.text();
  };

  const decode = (): string => {
    const end = Buffer.concat(tail);
    if (total <= limit) return Buffer.concat([...head, end]).toString("utf8");
    const kept = end.subarray(Math.max(0, end.length - tailLimit));
    const missing = total - headBytes - kept.length;
    return `${wholeEnd(Buffer.concat(head))}\n[… ${missing} bytes left out …]\n${wholeStart(kept)}`;
  };

  return {
    push,
    text,
    get total() {
      return total;
    },
    get truncated() {
      return total > limit;
    },
  };
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** As text, without the character that the cut went through at the end. */
function wholeEnd(bytes: Buffer): string {
  let start = bytes.length - 1;
  while (start > bytes.length - 4 && isContinuation(bytes[start])) start--;
  const lead = bytes[start] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return bytes.subarray(0, start + length > bytes.length ? start : bytes.length).toString("utf8");
}

/** As text, without the character that the cut went through at the start. */
function wholeStart(bytes: Buffer): string {
  let start = 0;
  while (start < 3 && isContinuation(bytes[start])) start++;
  return bytes.subarray(start).toString("utf8");
}
