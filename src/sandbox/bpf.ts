/** One instruction of classic BPF: `struct sock_filter { u16 code; u8 jt; u8 jf; u32 k; }` of <linux/filter.h>. */
export interface Instruction {
  readonly code: number;
  readonly jt: number;
  readonly jf: number;
  readonly k: number;
}

/** Loads the 32-bit word at `offset` of `struct seccomp_data`. */
export const load = (offset: number): Instruction => ({ code: 0x20, jt: 0, jf: 0, k: offset });

/** Keeps only the bits of `mask`. */
export const and = (mask: number): Instruction => ({ code: 0x54, jt: 0, jf: 0, k: mask });

/** Skips `yes` instructions when the loaded word equals `k`, else `no`. */
export const ifEqual = (k: number, yes: number, no: number): Instruction => ({
  code: 0x15,
  jt: yes,
  jf: no,
  k,
});

/** Skips `yes` instructions when the loaded word is at least `k`, else `no`. */
export const ifAtLeast = (k: number, yes: number, no: number): Instruction => ({
  code: 0x35,
  jt: yes,
  jf: no,
  k,
});

/** Ends the filter with `k`, one of the SECCOMP_RET values. */
export const answer = (k: number): Instruction => ({ code: 0x06, jt: 0, jf: 0, k });

/** The bytes that the kernel takes, in this machine's byte order (both supported ones are little-endian). */
export function assemble(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach(({ code, jt, jf, k }, index) => {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(jt, index * 8 + 2);
    bytes.writeUInt8(jf, index * 8 + 3);
    bytes.writeUInt32LE(k >>> 0, index * 8 + 4);
  });
  return bytes;
}
